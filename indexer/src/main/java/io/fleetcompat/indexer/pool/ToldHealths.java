package io.fleetcompat.indexer.pool;

import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The health of pools as it was told: it is told again only where it is another. One stream thread.
 */
final class ToldHealths {

  private final PoolStores stores;
  private final TopicSink<String> sink;
  private final PoolChanges changes;

  ToldHealths(PoolStores stores, TopicSink<String> sink, PoolChanges changes) {
    this.stores = stores;
    this.sink = sink;
    this.changes = changes;
  }

  /**
   * Tells the health of a pool.
   *
   * @param health as it is, by the time at which it became so
   */
  void tell(String pool, Function<Instant, PoolHealthRecord> health, long now) {
    Optional<PoolHealthRecord> before = stores.health(pool);
    Instant since = before.map(PoolHealthRecord::getChangedAt).orElse(Instant.EPOCH);
    if (!before.equals(Optional.of(health.apply(since)))) {
      PoolHealthRecord after = health.apply(Instant.ofEpochMilli(now));
      changes.health(pool, stores.storedHealth(pool), before, Optional.of(after));
      sink.send(pool, stores.putHealth(after), now);
    }
  }

  /** Tells that a pool has no host. */
  void withdraw(String pool, long now) {
    Optional<PoolHealthRecord> before = stores.health(pool);
    if (stores.hasTold(pool)) {
      changes.health(pool, stores.storedHealth(pool), before, Optional.empty());
      stores.removeHealth(pool);
      sink.send(pool, null, now);
    }
  }
}
