package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.indexer.told.StoredRecords;
import io.fleetcompat.indexer.told.ToldRecords;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueStore;

/** The newest placement of every host of a partition, as stored. One stream thread. */
final class HostStates {

  private final TypedStore<String, Placement> store;

  /**
   * @param lost hears of hosts whose placement cannot be read
   */
  HostStates(
      KeyValueStore<String, byte[]> store, UnreadableEntries unreadable, Consumer<String> lost) {
    this.store =
        new TypedStore<>(
            store,
            RecordKeys.HOST,
            ValueForm.of(Codecs.PLACEMENT, (host, p) -> OfHost.require(host, p.getHost())),
            unreadable,
            lost);
  }

  Optional<Placement> find(String host) {
    return store.find(host);
  }

  /** The placement as it is stored, and as it stands in its topic. */
  Optional<byte[]> stored(String host) {
    return store.stored(host);
  }

  /**
   * All placements, as they were told.
   *
   * @param own true of keys of the partition
   * @param lost hears of hosts whose placement is in the topic only
   */
  ToldRecords told(Predicate<byte[]> own, Consumer<String> lost) {
    return new StoredRecords<>(
        store,
        RecordKeys.HOST,
        own,
        host -> {
          lost.accept(host);
          return true;
        });
  }

  void put(String host, byte[] placement) {
    store.putEncoded(host, placement);
  }

  void remove(String host) {
    store.remove(host);
  }

  void forEach(Consumer<Placement> consumer) {
    store.forEach((host, placement) -> consumer.accept(placement));
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
        findings,
        placement.getCards());
  }
}
