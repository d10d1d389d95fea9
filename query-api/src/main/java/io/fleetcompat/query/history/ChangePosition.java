package io.fleetcompat.query.history;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * The place of a change in the order of all: its time, then where it stands in Kafka. Within a
 * partition it grows from one change to the next.
 *
 * @param at when Kafka took it, milliseconds since 1970; never before the change before it
 */
public record ChangePosition(long at, int partition, long offset)
    implements Comparable<ChangePosition> {

  static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

  private static final Comparator<ChangePosition> ORDER =
      Comparator.comparingLong(ChangePosition::at)
          .thenComparingInt(ChangePosition::partition)
          .thenComparingLong(ChangePosition::offset);

  public ChangePosition {
    if (at < 0 || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "expected a position from 0 on, found %d/%d/%d".formatted(at, partition, offset));
    }
  }

  /** The first place of a time. */
  static ChangePosition firstAt(long at) {
    return new ChangePosition(at, 0, 0);
  }

  /** The last place of a time. */
  static ChangePosition lastAt(long at) {
    return new ChangePosition(at, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Bytes whose order is that of positions. */
  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(at).putInt(partition).putLong(offset).array();
  }

  /** The position that ends these bytes. */
  static ChangePosition ending(byte[] bytes) {
    ByteBuffer read = ByteBuffer.wrap(bytes, bytes.length - BYTES, BYTES);
    return new ChangePosition(read.getLong(), read.getInt(), read.getLong());
  }

  @Override
  public int compareTo(ChangePosition other) {
    return ORDER.compare(this, other);
  }
}
