package io.fleetcompat.oracle.simulated;

import io.fleetcompat.collector.publish.HandSender;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * The origin of a record in the log. Who reads it sees the headers alone; the rest is the truth, to
 * which the observer holds what the product makes of the headers. Immutable.
 *
 * @param headers with the record's mark, where it has one
 * @param generation of the key with which the host's own collector has marked it; 0 where without
 *     one; {@link #FOREIGN} where somebody else wrote it
 * @param epoch of that collector
 * @param number that of a later record is greater
 */
record Origin(List<Header> headers, int generation, long epoch, long number)
    implements Comparable<Origin> {

  static final int FOREIGN = -1;

  /** Of a record that nobody marks. */
  static final Origin PLAIN = new Origin(List.of(), 0, 0, 0);

  private static final Comparator<Origin> ORDER =
      Comparator.comparingInt(Origin::generation)
          .thenComparingLong(Origin::epoch)
          .thenComparingLong(Origin::number);

  static Origin of(HandSender.Sent sent) {
    return new Origin(sent.headers(), sent.generation(), sent.epoch(), sent.number());
  }

  /** Of a record that somebody writes under a name that is not his. */
  static Origin foreign(List<Header> headers) {
    return new Origin(headers, FOREIGN, 0, 0);
  }

  boolean isForeign() {
    return generation == FOREIGN;
  }

  /** The order in which a host sent them. */
  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }
}
