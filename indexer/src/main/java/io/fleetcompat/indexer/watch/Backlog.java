package io.fleetcompat.indexer.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The input partitions with something after what is done, each with how long nothing has been done
 * about it. One thread.
 */
final class Backlog {

  private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

  /** Ends up to which a partition is known to have nothing that could be done. */
  private final Map<TopicPartition, Long> empty = new HashMap<>();

  private record Waiting(long next, long restored, long since) {

    boolean isStill(long nextNow, long restoredNow) {
      return next == nextNow && restored == restoredNow;
    }
  }

  /**
   * Takes a look.
   *
   * @param restored a number that grows while state is restored: that too is progress
   * @param now in nanoseconds, of the clock that all looks use
   * @return partitions in the order of their names, each with how long it has waited
   */
  Map<TopicPartition, Duration> look(Positions positions, long restored, long now) {
    Map<TopicPartition, Duration> times = new TreeMap<>(Partitions.BY_NAME);
    for (TopicPartition partition : positions.ends().keySet()) {
      long next = positions.next(partition);
      if (positions.end(partition) <= Math.max(next, empty.getOrDefault(partition, 0L))) {
        waiting.remove(partition);
      } else {
        Waiting still = still(partition, next, restored, now);
        waiting.put(partition, still);
        times.put(partition, Duration.ofNanos(now - still.since()));
      }
    }
    return times;
  }

  private Waiting still(TopicPartition partition, long next, long restored, long now) {
    @Nullable Waiting before = waiting.get(partition);
    return before != null && before.isStill(next, restored)
        ? before
        : new Waiting(next, restored, now);
  }

  /**
   * Notes that there is nothing to do in the partition up to that end: only markers, and what was
   * aborted.
   */
  void nothingBefore(TopicPartition partition, long end) {
    empty.put(partition, end);
    waiting.remove(partition);
  }
}
