package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.Capacities;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** An endpoint that a view has. Immutable; any thread. */
public final class IndexedEndpoint {

  private final Host host;
  private final String name;
  private final int index;
  private final int slot;

  /**
   * @param name within the host
   * @param index in the host's table; negative for a PCI function that is named explicitly
   * @param slot of its profile
   */
  IndexedEndpoint(Host host, String name, int index, int slot) {
    this.host = host;
    this.name = name;
    this.index = index;
    this.slot = slot;
  }

  public static IndexedEndpoint of(Host host, int index) {
    EndpointTable endpoints = host.placed().endpoints();
    return new IndexedEndpoint(host, endpoints.name(index), index, endpoints.slot(index));
  }

  Host host() {
    return host;
  }

  int index() {
    return index;
  }

  int slot() {
    return slot;
  }

  /** The name of its host. */
  public String hostName() {
    return host.name();
  }

  /** Its name within the host. */
  public String name() {
    return name;
  }

  /** {@code HOST/ENDPOINT}. */
  public String reference() {
    return EndpointName.encode(host.name()) + "/" + name;
  }

  /** The same as it was asked for, where that is its very name: most questions have it. */
  public String spelledAs(EndpointReference asked) {
    boolean exact =
        asked.endpoint().isPresent()
            && asked.endpoint().get().equals(name)
            && asked.host().equals(host.name());
    return exact ? asked.spelled() : reference();
  }

  /**
   * The number of instances that can be created; {@link CandidateKey#NO_CAPACITY} where there is
   * none.
   */
  public int capacity() {
    return host.capacities().of(name);
  }

  /** The number of machines that it takes more; {@link CandidateKey#NO_CAPACITY} where untold. */
  int room() {
    return index < 0
        ? Capacities.room(host.capacities().use(name))
        : host.capacities().room(host.placed().endpoints(), index);
  }

  /** True of a device that exists, which takes one machine; false of a type. */
  public boolean isDevice() {
    return index < 0 || !host.placed().endpoints().isType(index);
  }

  /** The use of a device that exists; empty of a type. */
  public Optional<Use> use(Sighting seen) {
    if (!isDevice()) {
      return Optional.empty();
    }
    return Optional.of(seen.isOfNow() ? host.capacities().use(name) : Use.UNKNOWN);
  }

  /** Its profile's identity. */
  public Fingerprint fingerprint(IndexView view) {
    return view.matrix().fingerprint(slot);
  }

  /** Values of the device's {@code dynamic_resources}. */
  public Map<String, String> dynamic() {
    SortedMap<String, String> values = host.placed().dynamic().get(index);
    return values == null ? Collections.emptyMap() : values;
  }

  /** The same endpoint with the same profile, of whatever view. */
  @Override
  public boolean equals(Object other) {
    return other instanceof IndexedEndpoint that
        && host.id() == that.host.id()
        && name.equals(that.name)
        && slot == that.slot;
  }

  @Override
  public int hashCode() {
    return 31 * host.id() + name.hashCode();
  }

  @Override
  public String toString() {
    return reference();
  }
}
