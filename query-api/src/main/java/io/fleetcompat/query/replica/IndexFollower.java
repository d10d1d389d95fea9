package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the index topics from their beginning and publishes a snapshot per batch. It outlives
 * broker restarts: the snapshot then only grows older. One thread runs it; any thread may close it.
 */
public final class IndexFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration END_OFFSETS_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
  private static final long END_OFFSETS_EVERY_MILLIS = 1000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Replica replica;
  private final Clock clock;
  private final IndexDecoder decoder;
  private final ViewEdit edit;
  private final LongAdder rejected = new LongAdder();
  private final LongAdder applied = new LongAdder();
  private final Thread thread;
  private Map<TopicPartition, Long> ends = Map.of();
  private long endsAskedAt;
  private volatile boolean closed;

  public IndexFollower(
      Consumer<byte[], byte[]> consumer, Topics topics, Replica replica, Clock clock) {
    this.consumer = consumer;
    this.topics = topics;
    this.replica = replica;
    this.clock = clock;
    this.decoder = new IndexDecoder(topics);
    this.edit = new ViewEdit(replica.snapshot().view());
    this.thread = Thread.ofPlatform().name("index-follower").daemon(true).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Records that could not be used, and were skipped. */
  public long rejected() {
    return rejected.sum();
  }

  /** Records that were used. */
  public long applied() {
    return applied.sum();
  }

  /** Whether it still follows: false after it was closed or met a fault that it cannot outlive. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        LOG.warn("the index follower did not stop within {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions = findPartitions();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        askEnds(partitions);
        apply(consumer.poll(POLL));
        publishIfKnown(partitions);
      }
    } catch (WakeupException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** All partitions of the index topics; waits until the topics are there. */
  private List<TopicPartition> findPartitions() {
    List<TopicPartition> found = new ArrayList<>();
    for (Topics.Topic topic :
        List.of(topics.profiles(), topics.matrix(), topics.placements(), topics.hostCapacity())) {
      while (!closed && !addPartitions(topic.name(), found)) {
        LOG.info("waiting for the topic {}; the indexer or its set-up creates it", topic.name());
        LockSupport.parkNanos(RETRY_PAUSE.toNanos());
      }
    }
    return found;
  }

  private boolean addPartitions(String topic, Collection<TopicPartition> found) {
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic, END_OFFSETS_TIMEOUT);
      partitions.forEach(p -> found.add(new TopicPartition(topic, p.partition())));
      return !partitions.isEmpty();
    } catch (RetriableException e) {
      LOG.debug("no partitions of {} yet", topic, e);
      return false;
    }
  }

  /** Every second, as long as all that was known to be there has been read. */
  private void askEnds(Collection<TopicPartition> partitions) {
    long now = clock.millis();
    boolean pending = !ends.isEmpty() && lag() > 0;
    if (pending || now - endsAskedAt < END_OFFSETS_EVERY_MILLIS) {
      return;
    }
    try {
      ends = consumer.endOffsets(partitions, END_OFFSETS_TIMEOUT);
      endsAskedAt = now;
    } catch (RetriableException e) {
      LOG.debug("the brokers do not say how far the index goes", e);
    }
  }

  private long lag() {
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      lag += Math.max(0, end.getValue() - consumer.position(end.getKey()));
    }
    return lag;
  }

  private void publishIfKnown(Collection<TopicPartition> partitions) {
    try {
      publish(partitions);
    } catch (RetriableException e) {
      LOG.debug("the brokers do not say where the index begins", e);
    }
  }

  private void publish(Collection<TopicPartition> partitions) {
    Snapshot before = replica.snapshot();
    long lag = lag();
    boolean reached = !ends.isEmpty() && lag == 0;
    if (!before.ready() && !reached) {
      replica.publish(new Snapshot(before.view(), 0, 0, lag, false));
      return;
    }
    IndexView view = edit.commit();
    long revision = partitions.stream().mapToLong(consumer::position).sum();
    long asOf = reached ? Math.max(before.asOf(), endsAskedAt) : before.asOf();
    replica.publish(new Snapshot(view, revision, asOf, lag, true));
  }

  private void apply(ConsumerRecords<byte[], byte[]> records) {
    Iterator<IndexChange> changes = decoder.decode(records).iterator();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        changes.next().applyTo(edit, replica);
        applied.increment();
      } catch (BadRecordException e) {
        rejected.increment();
        LOG.warn(
            "skipped {}-{}@{}: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
  }
}
