package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.replica.CandidateKey;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/**
 * An endpoint that the view has.
 *
 * @param endpoint its name within the host
 * @param index in the host's table; negative for a PCI function that is named explicitly
 * @param slot of its profile
 */
public record Place(Host host, String endpoint, int index, int slot) {

  static Place of(Host host, int index) {
    EndpointTable endpoints = host.placed().endpoints();
    return new Place(host, endpoints.name(index), index, endpoints.slot(index));
  }

  /** {@code HOST/ENDPOINT}. */
  public String reference() {
    return EndpointName.encode(host.name()) + "/" + endpoint;
  }

  /** {@link CandidateKey#NO_CAPACITY} where there is none. */
  public int capacity() {
    return host.capacities().of(endpoint);
  }

  /** Values of the device's {@code dynamic_resources}. */
  public Map<String, String> dynamic() {
    SortedMap<String, String> values = host.placed().dynamic().get(index);
    return values == null ? Collections.emptyMap() : values;
  }
}
