package io.fleetcompat.query.history;

import io.fleetcompat.query.history.ChangesDatabase.Family;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** One moment of the database: whatever is written later is not in it. One thread. */
final class DatabaseSnapshot implements AutoCloseable {

  private final ChangesDatabase database;
  private final RocksDB db;
  private final Snapshot snapshot;
  private final Slice first = new Slice(ChangesDatabase.FIRST);
  private final ReadOptions options;

  DatabaseSnapshot(ChangesDatabase database, RocksDB db) {
    this.database = database;
    this.db = db;
    this.snapshot = db.getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot).setIterateLowerBound(first);
  }

  /** To be closed by the caller, who asks for its status at its end. */
  RocksIterator iterator(Family family) {
    return db.newIterator(database.family(family), options);
  }

  Optional<byte[]> find(Family family, ChangePosition position) throws RocksDBException {
    return Optional.ofNullable(db.get(database.family(family), options, position.bytes()));
  }

  /** A change that a key of the index or of time leads to. */
  byte[] get(Family family, ChangePosition position) throws RocksDBException {
    return find(family, position)
        .orElseThrow(
            () ->
                new HistoryException(
                    HistoryException.Kind.DAMAGED,
                    "expected %s of %s, found none".formatted(family, position)));
  }

  @Override
  public void close() {
    options.close();
    first.close();
    db.releaseSnapshot(snapshot);
    snapshot.close();
  }
}
