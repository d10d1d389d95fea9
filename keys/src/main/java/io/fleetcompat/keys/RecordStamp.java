package io.fleetcompat.keys;

import java.util.Comparator;

/**
 * The place of a record among all that a host has sent: a record that was sent later has a greater
 * one, so that an old record that somebody writes again is told from a new one.
 *
 * @param generation of the host's key, from 1; it grows when the key is changed
 * @param epoch of the collector's start, which grows with every start
 * @param number of the record within that start
 */
public record RecordStamp(int generation, long epoch, long number)
    implements Comparable<RecordStamp> {

  private static final Comparator<RecordStamp> ORDER =
      Comparator.comparingInt(RecordStamp::generation)
          .thenComparingLong(RecordStamp::epoch)
          .thenComparingLong(RecordStamp::number);

  @Override
  public int compareTo(RecordStamp other) {
    return ORDER.compare(this, other);
  }

  /** {@code GENERATION/EPOCH/NUMBER}. */
  @Override
  public String toString() {
    return generation + "/" + epoch + "/" + number;
  }
}
