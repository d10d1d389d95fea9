package io.fleetcompat.query.history;

import io.fleetcompat.query.history.ChangesDatabase.Family;
import io.fleetcompat.schemas.BadRecordException;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The oldest changes of a database, up to a number, as they are put into a batch that drops them
 * together with all that leads to them. One thread.
 *
 * @param count of them
 * @param last of them; empty where there is none
 */
record OldestChanges(long count, Optional<ChangePosition> last) {

  /**
   * Adds the end of the oldest changes to a batch.
   *
   * @param before only of those of an earlier time
   */
  static OldestChanges drop(ChangesDatabase database, WriteBatch batch, long before, long most)
      throws RocksDBException, BadRecordException {
    long count = 0;
    Optional<ChangePosition> last = Optional.empty();
    try (DatabaseSnapshot snapshot = database.snapshot();
        RocksIterator each = snapshot.iterator(Family.CHANGES)) {
      for (each.seekToFirst(); each.isValid() && count < most; each.next()) {
        ChangePosition at = ChangePosition.ending(each.key());
        if (at.at() >= before) {
          break;
        }
        dropIndex(database, batch, StoredChange.parse(each.value()), at);
        last = Optional.of(at);
        count++;
      }
      each.status();
    }
    if (last.isPresent()) {
      byte[] first = ChangePosition.firstAt(0).bytes();
      byte[] end = last.get().bytes();
      for (Family family : new Family[] {Family.CHANGES, Family.BEFORES}) {
        batch.deleteRange(database.family(family), first, end);
        batch.delete(database.family(family), end);
      }
    }
    return new OldestChanges(count, last);
  }

  private static void dropIndex(
      ChangesDatabase database, WriteBatch batch, StoredChange change, ChangePosition at)
      throws RocksDBException, BadRecordException {
    var index = database.family(Family.INDEX);
    batch.delete(index, IndexPrefix.subject(change.subject()).key(at));
    if (change.isReadable()) {
      for (IndexPrefix prefix : IndexPrefix.listing(change.key(), change.change())) {
        batch.delete(index, prefix.key(at));
      }
    }
  }
}
