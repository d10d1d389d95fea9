package io.fleetcompat.query.follow;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/**
 * The questions where topics end that somebody waits for, numbered, and whether their answers are
 * read. The next one is asked when the one before is read: else who asks late would keep all who
 * asked before waiting. The thread that reads uses it; any may want a question.
 */
final class AwaitedEnds {

  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile long begun;
  private Map<TopicPartition, Long> ends = Map.of();
  private long answered;
  private long read;

  /** The number of a question that has not begun. Any thread. */
  long next() {
    return begun + 1;
  }

  /** Wants a question; true where nobody else does. Any thread. */
  boolean want() {
    return !wanted.getAndSet(true);
  }

  boolean isDue() {
    return wanted.get() && answered == read;
  }

  /** Begins a question; returns its number. */
  long begin() {
    wanted.set(false);
    long question = begun + 1;
    begun = question;
    return question;
  }

  /** The question was answered. */
  void answer(long question, Map<TopicPartition, Long> found) {
    ends = Map.copyOf(found);
    answered = question;
  }

  /** The question failed, or its answer is of topics that are read again: there will be another. */
  void askAgain() {
    if (begun > read) {
      wanted.set(true);
    }
    ends = Map.of();
    answered = read;
  }

  /**
   * The number of the newest question whose answer is read.
   *
   * @param positions of all partitions; one that is not there is not read
   */
  long read(Map<TopicPartition, Long> positions) {
    if (ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue())) {
      read = answered;
    }
    return read;
  }
}
