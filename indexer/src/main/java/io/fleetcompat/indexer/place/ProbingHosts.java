package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProberEndpoint;
import io.fleetcompat.schemas.avro.ProberKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The hosts of a partition whose collectors ask drivers: each is told of with an endpoint for each
 * profile that it has, while it is heard and says so. What was told is stored, so it is told again
 * only where it differs. One stream thread.
 */
final class ProbingHosts {

  private final TypedStore<String, Prober> told;
  private final Function<String, Optional<ProberKey>> keys;
  private final PlaceSinks sinks;

  /**
   * @param keys tells which answers of a host count; empty where nobody asks for marks
   */
  ProbingHosts(
      KeyValueStore<String, byte[]> told,
      UnreadableEntries unreadable,
      Function<String, Optional<ProberKey>> keys,
      PlaceSinks sinks) {
    // What cannot be read is told again: with the next heartbeat of a host that asks drivers.
    this.told =
        new TypedStore<>(
            told,
            RecordKeys.HOST,
            ValueForm.of(Codecs.PROBER, (host, p) -> OfHost.require(host, p.getHost())),
            unreadable,
            host -> withdraw(host, 0));
    this.keys = keys;
    this.sinks = sinks;
    this.told.check();
  }

  /** True of a host that is told of with an endpoint. */
  boolean contains(String host) {
    return told.find(host).filter(ProbingHosts::asks).isPresent();
  }

  private static boolean asks(Prober prober) {
    return !prober.getEndpoints().isEmpty();
  }

  /** The host asks drivers, and has what that placement says. */
  void tell(Placement placement, long timestamp) {
    tell(prober(placement), timestamp);
  }

  private void tell(Prober prober, long timestamp) {
    String host = prober.getHost();
    byte[] encoded = Codecs.PROBER.encode(prober);
    if (!told.holds(host, encoded)) {
      told.putEncoded(host, encoded);
      sinks.prober(host, encoded, timestamp);
    }
  }

  /** Other generations of the host's key count now, or nobody had told which. */
  void tellKey(String host, long timestamp) {
    Optional<Prober> before = told.find(host).filter(ProbingHosts::asks);
    if (before.isPresent()) {
      List<ProberEndpoint> endpoints = before.get().getEndpoints();
      tell(new Prober(host, endpoints, keys.apply(host).orElse(null)), timestamp);
    } else {
      withdraw(host, timestamp);
    }
  }

  /** Tells anew of all hosts that were told of, and of others. */
  void tellKeys(List<String> others, long timestamp) {
    Set<String> hosts = new TreeSet<>(others);
    told.forEach((host, _) -> hosts.add(host));
    hosts.forEach(host -> tellKey(host, timestamp));
  }

  /**
   * The host does not ask drivers, or nobody knows what it has. Where a key of it was taken away,
   * that is told all the same: it ends the answers that were given with it.
   */
  void withdraw(String host, long timestamp) {
    Optional<ProberKey> key = keys.apply(host).filter(each -> each.getTrustedFrom() > 1);
    if (key.isPresent()) {
      tell(new Prober(host, List.of(), key.get()), timestamp);
    } else if (told.isOccupied(host)) {
      told.remove(host);
      sinks.prober(host, null, timestamp);
    }
  }

  private Prober prober(Placement placement) {
    TreeMap<Integer, String> firstByProfile = new TreeMap<>();
    for (PlacedEndpoint endpoint : placement.getEndpoints()) {
      firstByProfile.putIfAbsent(endpoint.getProfile(), endpoint.getName());
    }
    List<FingerprintBytes> profiles = placement.getProfiles();
    List<ProberEndpoint> endpoints = new ArrayList<>();
    firstByProfile.forEach(
        (profile, endpoint) -> endpoints.add(new ProberEndpoint(profiles.get(profile), endpoint)));
    String host = placement.getHost();
    return new Prober(host, endpoints, keys.apply(host).orElse(null));
  }
}
