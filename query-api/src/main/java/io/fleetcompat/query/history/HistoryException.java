package io.fleetcompat.query.history;

import io.fleetcompat.schemas.BadRecordException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The database of the history could not be opened, read or written. */
public final class HistoryException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final String NO_SPACE = "no space left";

  /** RocksDB's words where another process has the lock file, or this one has it already. */
  private static final List<String> LOCKED =
      List.of("while lock file", "lock hold by current process");

  /** The kinds of what is wrong. */
  public enum Kind {
    /** Its files are not what was written: it must be read again from Kafka. */
    DAMAGED,
    /** There is no room on the disk. */
    FULL,
    /** Another process has it open. */
    IN_USE,
    /** The machine does not let us, for another reason. */
    BROKEN,
    /** It is not open. */
    NOT_OPEN
  }

  private final Kind kind;

  HistoryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  private HistoryException(Kind kind, Throwable cause) {
    super(cause.getMessage(), cause);
    this.kind = kind;
  }

  static HistoryException of(RocksDBException fault) {
    return new HistoryException(kind(fault), fault);
  }

  static HistoryException of(IOException fault) {
    boolean full = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains(NO_SPACE);
    return new HistoryException(full ? Kind.FULL : Kind.BROKEN, fault.toString());
  }

  /** The fault of a change that was decoded before it was written, and cannot be any more. */
  static HistoryException of(BadRecordException fault) {
    return new HistoryException(Kind.DAMAGED, fault);
  }

  public Kind kind() {
    return kind;
  }

  private static Kind kind(RocksDBException fault) {
    Status status = fault.getStatus();
    if (status == null) {
      return Kind.BROKEN;
    }
    return switch (status.getCode()) {
      case Corruption, InvalidArgument, NotSupported -> Kind.DAMAGED;
      case IOError -> ofFiles(status, String.valueOf(fault.getMessage()));
      default -> Kind.BROKEN;
    };
  }

  /** RocksDB tells most faults of files by the operating system's words alone. */
  private static Kind ofFiles(Status status, String message) {
    String words = message.toLowerCase(Locale.ROOT);
    if (status.getSubCode() == Status.SubCode.NoSpace
        || words.contains(NO_SPACE)
        || words.contains("quota exceeded")) {
      return Kind.FULL;
    }
    if (words.contains("no such file")) {
      return Kind.DAMAGED;
    }
    boolean inUse = LOCKED.stream().anyMatch(words::contains);
    return inUse ? Kind.IN_USE : Kind.BROKEN;
  }
}
