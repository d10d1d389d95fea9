package io.fleetcompat.indexer.judge;

import io.fleetcompat.indexer.told.ToldRecords;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import java.util.Optional;
import java.util.function.BiConsumer;

/** All that was told of rule sets: rows, rules, generations, which is in force, which refused. */
final class ToldMatrix implements ToldRecords {

  private final JudgeStores stores;

  ToldMatrix(JudgeStores stores) {
    this.stores = stores;
  }

  /** Rows first: whoever reads a generation has the rows that it speaks of. */
  @Override
  public void forEach(BiConsumer<byte[], byte[]> consumer) {
    stores.forEachOfMatrix((key, value) -> consumer.accept(RecordKeys.MATRIX.encode(key), value));
  }

  @Override
  public Optional<byte[]> find(byte[] key) {
    try {
      return stores.storedOfMatrix(RecordKeys.MATRIX.decode(key));
    } catch (BadRecordException e) {
      return Optional.empty(); // nobody has told it
    }
  }

  /** Rows that an earlier version has left are removed by {@link SupersededRows}. */
  @Override
  public boolean isOwn(byte[] key) {
    try {
      return !(RecordKeys.MATRIX.decode(key) instanceof MatrixKey.Superseded);
    } catch (BadRecordException e) {
      return true;
    }
  }
}
