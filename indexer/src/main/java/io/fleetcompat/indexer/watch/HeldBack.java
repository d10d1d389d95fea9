package io.fleetcompat.indexer.watch;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition that readers of committed records cannot read to its end, for a transaction is open.
 *
 * @param stable the last stable offset, where such readers stop
 * @param end the high watermark
 */
record HeldBack(TopicPartition partition, long stable, long end, List<OpenTransaction> by) {

  HeldBack {
    by = List.copyOf(by);
  }

  /**
   * A transaction that has begun in the partition and not ended there.
   *
   * @param producer the producer's id
   * @param lastWrote when it last wrote there
   */
  record OpenTransaction(long producer, Instant lastWrote) {

    @Override
    public String toString() {
      return "producer %d (last wrote at %s)".formatted(producer, lastWrote);
    }
  }

  @Override
  public String toString() {
    String producers =
        by.isEmpty()
            ? "an open transaction"
            : by.stream().map(OpenTransaction::toString).collect(Collectors.joining(", "));
    return "%s at %d of %d by %s".formatted(partition, stable, end, producers);
  }
}
