package io.fleetcompat.query.history;

import io.fleetcompat.query.history.ChangesDatabase.Family;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A change as it came from Kafka.
 *
 * @param timestamp as Kafka says
 * @param change empty where it cannot be read: then nobody knows what its subject had before
 */
public record ArrivedChange(
    int partition, long offset, long timestamp, ChangeKey subject, Optional<ChangeRecord> change) {

  /** Puts it into a batch, with all that leads to it; returns what its partition is then. */
  PartitionState putInto(ChangesDatabase open, WriteBatch batch, PartitionState state)
      throws RocksDBException {
    long at = Math.max(state.lastAt(), timestamp);
    ChangePosition position = new ChangePosition(at, partition, offset);
    StoredChange stored =
        change
            .map(readable -> StoredChange.of(subject, readable))
            .orElseGet(() -> StoredChange.unreadable(subject));
    ColumnFamilyHandle index = open.family(Family.INDEX);
    batch.put(open.family(Family.CHANGES), position.bytes(), stored.bytes());
    batch.put(index, IndexPrefix.subject(stored.subject()).key(position), stored.past().bytes());
    if (change.isPresent()) {
      byte[] causes = stored.causes().bytes();
      for (IndexPrefix prefix : IndexPrefix.listing(subject, change.get())) {
        batch.put(index, prefix.key(position), causes);
      }
      ByteBuffer before = change.get().getBefore();
      if (before != null) {
        byte[] bytes = new byte[before.remaining()];
        before.duplicate().get(bytes);
        batch.put(open.family(Family.BEFORES), position.bytes(), bytes);
      }
    }
    return state.read(offset, at, beginsHistory());
  }

  private boolean beginsHistory() {
    return subject.kind() == ChangeKey.Kind.HISTORY
        && change
            .filter(readable -> readable.getCauses().contains(ChangeCause.HISTORY_BEGAN))
            .isPresent();
  }

  /**
   * A change without the value of before, which is by far the largest part. Its other parts are
   * those of the given one, not copies of them.
   */
  public static ChangeRecord withoutBefore(ChangeRecord change) {
    return new ChangeRecord(
        change.getCauses(),
        change.getValues(),
        change.getMoves(),
        change.getPools(),
        change.getEpoch(),
        change.getSequence(),
        change.getTrigger(),
        null,
        change.getBeforeOmitted());
  }
}
