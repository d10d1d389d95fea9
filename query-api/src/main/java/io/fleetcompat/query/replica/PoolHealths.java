package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.util.Optional;

/**
 * The health of pools, as the indexer tells it. Immutable; any number of threads.
 *
 * @param names the place of every pool that was ever told of, shared by all views of a replica
 * @param records by place; nobody changes them
 */
public record PoolHealths(Dictionary<String> names, Chunks<PoolHealthRecord> records) {

  /** Most pools that a replica meets before it has to be started again. */
  private static final int MAX_POOLS = 1 << 20;

  static PoolHealths empty() {
    return new PoolHealths(new Dictionary<>(MAX_POOLS), Chunks.empty());
  }

  /** The same names without any health. */
  PoolHealths emptied() {
    return new PoolHealths(names, Chunks.empty());
  }

  /** Empty where nothing is told of that pool. */
  public Optional<PoolHealthRecord> find(String pool) {
    int place = names.find(pool);
    return place < 0 ? Optional.empty() : Optional.ofNullable(records.get(place));
  }

  /** Changes on the way from one view to the next. One thread. */
  static final class Edit {

    private PoolHealths base;
    private final Chunks.Editor<PoolHealthRecord> next;
    private boolean changed;

    Edit(PoolHealths base) {
      this.base = base;
      this.next = base.records.edit();
    }

    void set(PoolHealthRecord health) {
      next.set(base.names.add(health.getPool()), health);
      changed = true;
    }

    void remove(String pool) {
      int place = base.names.find(pool);
      if (place >= 0) {
        next.set(place, null);
        changed = true;
      }
    }

    /** All of them after everything so far; the same object where nothing was changed. */
    PoolHealths build() {
      if (changed) {
        base = new PoolHealths(base.names, next.build());
        changed = false;
      }
      return base;
    }
  }
}
