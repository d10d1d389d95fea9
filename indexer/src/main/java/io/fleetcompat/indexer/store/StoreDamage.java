package io.fleetcompat.indexer.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The faults of RocksDB that say that files of a store are not what was written. */
public final class StoreDamage {

  /** Most causes of a fault that are looked at: they may form a circle. */
  private static final int MAX_CAUSES = 32;

  /**
   * The operating system's words for files that are missing, are of another kind, or cannot be read
   * from the disk. A full disk, a missing permission and a lock of another process are no damage:
   * another copy would meet them, too.
   */
  private static final List<String> OF_FILES =
      List.of(
          "no such file", "is a directory", "not a directory", "input/output error", "truncated");

  private StoreDamage() {}

  /** The damage that RocksDB tells of, where a fault was caused by it. */
  public static Optional<String> in(Throwable fault) {
    Throwable each = fault;
    for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
      if (each instanceof RocksDBException rocks && isDamage(rocks)) {
        return Optional.of(String.valueOf(rocks.getMessage()));
      }
      each = each.getCause();
    }
    return Optional.empty();
  }

  static boolean isDamage(RocksDBException fault) {
    Status status = fault.getStatus();
    if (status == null) {
      return false;
    }
    return switch (status.getCode()) {
      case Corruption, InvalidArgument, NotSupported -> true;
      case IOError -> isOfFiles(String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  private static boolean isOfFiles(String message) {
    return OF_FILES.stream().anyMatch(message::contains);
  }

  /** A fault as RocksDB throws it, of damage that RocksDB itself would pass over. */
  static RocksDBException found(String what) {
    return new RocksDBException(
        what, new Status(Status.Code.Corruption, Status.SubCode.None, what));
  }
}
