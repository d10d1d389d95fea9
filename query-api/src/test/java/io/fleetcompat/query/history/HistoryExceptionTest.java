package io.fleetcompat.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.history.HistoryException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The words of faults of files, as RocksDB has them. */
class HistoryExceptionTest {

  @ParameterizedTest
  @CsvSource({
    "While lock file: /d/changes/LOCK: Resource temporarily unavailable, IN_USE",
    "lock hold by current process: /d/changes/LOCK: No locks available, IN_USE",
    "while open a file for lock: /d/changes/LOCK: Permission denied, BROKEN",
    "While fsync: /d/block/changes/7.sst: Input/output error, BROKEN",
    "While open a file for random read: /block/7.sst: No such file or directory, DAMAGED",
    "While appending to file: /d/block/7.sst: No space left on device, FULL"
  })
  void eachFaultOfFilesHasItsKind(String words, Kind kind) {
    Status status = new Status(Status.Code.IOError, Status.SubCode.None, words);
    assertThat(HistoryException.of(new RocksDBException(words, status)).kind()).isEqualTo(kind);
  }
}
