package io.fleetcompat.indexer.place;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The newest placement of every host of a partition, as stored. One stream thread. */
final class HostStates {

  private final KeyValueStore<String, byte[]> store;

  HostStates(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  Optional<Placement> find(String host) {
    return Optional.ofNullable(store.get(host)).map(HostStates::decode);
  }

  /** The placement as it is stored, and as it stands in its topic. */
  Optional<byte[]> stored(String host) {
    return Optional.ofNullable(store.get(host));
  }

  void put(String host, byte[] placement) {
    store.put(host, placement);
  }

  void remove(String host) {
    store.delete(host);
  }

  void forEach(Consumer<Placement> consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        consumer.accept(decode(entry.value));
      }
    }
  }

  /** The same placement with another liveness. */
  static Placement with(Placement placement, Liveness liveness) {
    return with(placement, liveness, placement.getFindings());
  }

  /** The same placement with another liveness, and other findings about its host. */
  static Placement with(Placement placement, Liveness liveness, List<String> findings) {
    return with(placement, liveness, Optional.ofNullable(placement.getPoolLabel()), findings);
  }

  /** The same placement, in the pool that another label names. */
  static Placement with(Placement placement, String poolLabel) {
    return with(
        placement,
        placement.getLiveness(),
        Optional.ofNullable(PlacementRecord.poolLabel(poolLabel)),
        placement.getFindings());
  }

  private static Placement with(
      Placement placement, Liveness liveness, Optional<String> poolLabel, List<String> findings) {
    return new Placement(
        placement.getHost(),
        placement.getEpoch(),
        placement.getSequence(),
        placement.getObservedAt(),
        placement.getLabels(),
        placement.getKernel(),
        liveness,
        placement.getSourcePartition(),
        placement.getSourceOffset(),
        placement.getProfiles(),
        placement.getEndpoints(),
        placement.getFunctions(),
        placement.getFunctionProfile(),
        placement.getProblems(),
        placement.getExtent(),
        placement.getOffers(),
        placement.getClaims(),
        poolLabel.orElse(null),
        placement.getFormerHost(),
        placement.getDigest(),
        findings);
  }

  private static Placement decode(byte[] bytes) {
    try {
      return Codecs.PLACEMENT.decode(bytes);
    } catch (BadRecordException e) {
      throw new IllegalStateException("the store of hosts holds what we did not write", e);
    }
  }
}
