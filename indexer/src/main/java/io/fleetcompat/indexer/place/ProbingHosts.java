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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The hosts of a partition whose collectors ask drivers: each is told of with an endpoint for each
 * profile that it has, while it is heard and says so. What was told is stored, so it is told again
 * only where it differs. One stream thread.
 */
final class ProbingHosts {

  private final TypedStore<String, Prober> told;
  private final PlaceSinks sinks;

  ProbingHosts(KeyValueStore<String, byte[]> told, UnreadableEntries unreadable, PlaceSinks sinks) {
    // What cannot be read is told again: with the next heartbeat of a host that asks drivers.
    this.told =
        new TypedStore<>(
            told,
            RecordKeys.HOST,
            ValueForm.of(Codecs.PROBER, (host, p) -> OfHost.require(host, p.getHost())),
            unreadable,
            host -> withdraw(host, 0));
    this.told.check();
    this.sinks = sinks;
  }

  boolean contains(String host) {
    return told.contains(host);
  }

  /** The host asks drivers, and has what that placement says. */
  void tell(Placement placement, long timestamp) {
    String host = placement.getHost();
    byte[] encoded = Codecs.PROBER.encode(prober(placement));
    if (!told.holds(host, encoded)) {
      told.putEncoded(host, encoded);
      sinks.prober(host, encoded, timestamp);
    }
  }

  /** The host does not ask drivers, or nobody knows what it has. */
  void withdraw(String host, long timestamp) {
    if (told.isOccupied(host)) {
      told.remove(host);
      sinks.prober(host, null, timestamp);
    }
  }

  private static Prober prober(Placement placement) {
    TreeMap<Integer, String> firstByProfile = new TreeMap<>();
    for (PlacedEndpoint endpoint : placement.getEndpoints()) {
      firstByProfile.putIfAbsent(endpoint.getProfile(), endpoint.getName());
    }
    List<FingerprintBytes> profiles = placement.getProfiles();
    List<ProberEndpoint> endpoints = new ArrayList<>();
    firstByProfile.forEach(
        (profile, endpoint) -> endpoints.add(new ProberEndpoint(profiles.get(profile), endpoint)));
    return new Prober(placement.getHost(), endpoints);
  }
}
