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

  ToldHealths(PoolStores stores, TopicSink<String> sink) {
    this.stores = stores;
    this.sink = sink;
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
      byte[] stored = stores.putHealth(health.apply(Instant.ofEpochMilli(now)));
      sink.send(pool, stored, now);
    }
  }

  /** Tells that a pool has no host. */
  void withdraw(String pool, long now) {
    if (stores.health(pool).isPresent()) {
      stores.removeHealth(pool);
      sink.send(pool, null, now);
    }
  }
}
