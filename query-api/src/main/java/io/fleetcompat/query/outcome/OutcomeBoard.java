package io.fleetcompat.query.outcome;

import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicFollower;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.query.follow.TopicReader;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The outcomes of migrations, as they stand in their topic: the same for every process that reads
 * it, but for what is too old or beyond the bounds.
 *
 * <p>One thread of its own writes; any thread asks, and closes it.
 */
public final class OutcomeBoard implements AutoCloseable {

  private final Topic<String, MigrationOutcome> topic;
  private final Clock clock;
  private final RejectedRecords rejected = new RejectedRecords();
  private final Reader reader = new Reader();
  private final TopicFollower follower;
  private final ReentrantLock lock = new ReentrantLock();
  private final KeptOutcomes kept; // guarded by lock
  private volatile boolean complete;

  /**
   * @param consumer closed with this, as are the ids
   */
  public OutcomeBoard(
      Consumer<byte[], byte[]> consumer, TopicIds topicIds, Topics topics, Clock clock) {
    this(consumer, topicIds, topics, clock, OutcomeBounds.DEFAULTS);
  }

  OutcomeBoard(
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Topics topics,
      Clock clock,
      OutcomeBounds bounds) {
    this.topic = topics.outcomes();
    this.clock = clock;
    this.kept = new KeptOutcomes(bounds);
    this.follower =
        new TopicFollower("outcomes", consumer, topicIds, List.of(topic.name()), reader, clock);
  }

  public void start() {
    follower.start();
  }

  /** The way of records onto it, for a test that has no Kafka. */
  TopicReader reader() {
    return reader;
  }

  /** True where all that Kafka had was read once. */
  public boolean isComplete() {
    return complete;
  }

  /** The reason why they are not read, or not read on; empty where they are. */
  public Optional<String> fault() {
    return follower.ended().or(follower::hindered);
  }

  /** The records that could not be read. */
  public RejectedRecords rejected() {
    return rejected;
  }

  /** The outcomes that are kept. */
  public int size() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that Kafka has now is read; false where it was not in time. */
  public boolean awaitCurrent(Duration atMost) throws InterruptedException {
    return follower.awaitCurrent(atMost);
  }

  /** The summary of all outcomes that count. */
  public OutcomeSummary summary() {
    return summary(Instant.EPOCH);
  }

  /** The summary of those that were recorded at a time or later. */
  public OutcomeSummary summary(Instant since) {
    long from = Math.max(since.toEpochMilli(), oldest());
    List<KeptOutcome> counted;
    boolean all;
    lock.lock();
    try {
      counted = kept.since(from);
      all = complete && kept.completeAfter() < from;
    } finally {
      lock.unlock();
    }
    OutcomeTally tally = new OutcomeTally();
    counted.forEach(tally::add);
    return tally.summary(from, all, this::content);
  }

  /** The time from which on outcomes count, milliseconds since 1970. */
  private long oldest() {
    return clock.instant().minus(Topics.OUTCOMES_KEPT).toEpochMilli();
  }

  /** The outcome with that id. */
  public Optional<KeptOutcome> find(String id) {
    lock.lock();
    try {
      return kept.find(id).filter(found -> found.recorded() >= oldest());
    } finally {
      lock.unlock();
    }
  }

  /** The canonical form of a profile that an outcome speaks of. */
  public Optional<String> content(String profile) {
    lock.lock();
    try {
      return kept.content(profile);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    follower.close();
  }

  /** The records' way onto the board. */
  private final class Reader implements TopicReader {

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics topics) {
      forget("from the beginning");
      return Map.of();
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
      lock.lock();
      try {
        for (ConsumerRecord<byte[], byte[]> record : records) {
          take(record);
        }
      } finally {
        lock.unlock();
      }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      try {
        String id = topic.keys().decode(record.key());
        Optional<MigrationOutcome> outcome = topic.decode(id, record.value());
        if (outcome.isPresent()) {
          OutcomeRecords.requireOwnContents(outcome.get());
          kept.take(id, record.timestamp(), outcome.get());
        } else {
          kept.remove(id);
        }
      } catch (BadRecordException | IllegalArgumentException e) {
        rejected.add(record, String.valueOf(e.getMessage()), clock.millis());
      }
    }

    @Override
    public void reached(long revision, long lag, Optional<Long> completeAt) {
      complete |= completeAt.isPresent();
    }

    @Override
    public void forget(String reason) {
      complete = false;
      lock.lock();
      try {
        kept.clear();
      } finally {
        lock.unlock();
      }
    }
  }
}
