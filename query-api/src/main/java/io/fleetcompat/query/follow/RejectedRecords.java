package io.fleetcompat.query.follow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records that a follower could not use: how many, and the newest of them. Any thread. */
public final class RejectedRecords {

  /** Most records that are remembered. */
  public static final int MAX_NEWEST = 16;

  /** Most lines in the log within {@link #LOG_PERIOD_MILLIS}; the others are counted. */
  static final int MAX_LOGGED = 20;

  static final long LOG_PERIOD_MILLIS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(RejectedRecords.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<RejectedRecord> newest = new ArrayDeque<>();
  private long count;
  private long periodBegan;
  private int logged;

  /**
   * A record that could not be used.
   *
   * @param record where it is: {@code TOPIC-PARTITION@OFFSET}
   * @param reason what was expected and what was found
   */
  public record RejectedRecord(String record, String reason) {}

  /** Takes note of a record. */
  public void add(ConsumerRecord<?, ?> record, String reason, long now) {
    String where = record.topic() + "-" + record.partition() + "@" + record.offset();
    lock.lock();
    try {
      count++;
      if (newest.size() == MAX_NEWEST) {
        newest.removeLast();
      }
      newest.addFirst(new RejectedRecord(where, reason));
      log(where, reason, now);
    } finally {
      lock.unlock();
    }
  }

  private void log(String where, String reason, long now) {
    if (now - periodBegan >= LOG_PERIOD_MILLIS) {
      if (logged > MAX_LOGGED) {
        LOG.warn("skipped {} more records; /v1/status shows the newest", logged - MAX_LOGGED);
      }
      periodBegan = now;
      logged = 0;
    }
    logged++;
    if (logged <= MAX_LOGGED) {
      LOG.warn("skipped {}: {}", where, reason);
    }
  }

  /** The number of rejected records since the start. */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** The newest of them, the newest first. */
  public List<RejectedRecord> newest() {
    lock.lock();
    try {
      return List.copyOf(newest);
    } finally {
      lock.unlock();
    }
  }
}
