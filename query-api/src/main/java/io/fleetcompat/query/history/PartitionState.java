package io.fleetcompat.query.history;

import java.nio.ByteBuffer;

/**
 * The state of one partition of the topic in the history.
 *
 * @param next the offset from which on it is to be read
 * @param lastAt time of the last change that was read
 * @param completeSince from when on all changes are known; {@link #UNKNOWN} where nobody can tell
 * @param shortened whether it had lost its beginning when it was first read
 */
record PartitionState(long next, long lastAt, long completeSince, boolean shortened) {

  static final long UNKNOWN = -1;

  private static final int BYTES = 3 * Long.BYTES + 1;

  /** A partition of which nothing was read yet. */
  static PartitionState begin(long next, long completeSince) {
    return new PartitionState(next, 0, completeSince, next > 0);
  }

  /** A change was read; times within a partition never go back. */
  PartitionState read(long offset, long at, boolean historyBegan) {
    boolean firstOfShortened = shortened && completeSince == UNKNOWN;
    long since = historyBegan || firstOfShortened ? at : completeSince;
    return new PartitionState(offset + 1, at, since, shortened);
  }

  PartitionState readUpTo(long offset) {
    return new PartitionState(Math.max(next, offset), lastAt, completeSince, shortened);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(next)
        .putLong(lastAt)
        .putLong(completeSince)
        .put((byte) (shortened ? 1 : 0))
        .array();
  }

  static PartitionState parse(byte[] bytes) {
    ByteBuffer read = ByteBuffer.wrap(bytes);
    return new PartitionState(read.getLong(), read.getLong(), read.getLong(), read.get() == 1);
  }
}
