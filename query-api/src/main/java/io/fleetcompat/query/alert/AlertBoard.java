package io.fleetcompat.query.alert;

import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicFollower;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.query.follow.TopicReader;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.AlertRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * All alerts, as they stand in their topic. Nothing is shown before all of it was read once: what
 * fires in the middle of a compacted topic may have been resolved at its end.
 *
 * <p>One thread of its own writes; any thread asks, and closes it.
 */
public final class AlertBoard implements AutoCloseable {

  private static final Comparator<AlertKey> ORDER =
      Comparator.comparing(AlertKey::pool).thenComparing(AlertKey::rule);

  private final Topic<AlertKey, AlertRecord> topic;
  private final Clock clock;
  private final RejectedRecords rejected = new RejectedRecords();
  private final Reader reader = new Reader();
  private final TopicFollower follower;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<AlertKey, AlertRecord> read = new HashMap<>(); // of the thread that follows
  private volatile Optional<Alerts> shown = Optional.empty();

  /**
   * All alerts at one moment.
   *
   * @param version grows with every change
   * @param all sorted by pool and rule
   */
  public record Alerts(long version, Map<AlertKey, AlertRecord> all) {}

  /**
   * @param consumer closed with this, as are the ids
   */
  public AlertBoard(
      Consumer<byte[], byte[]> consumer, TopicIds topicIds, Topics topics, Clock clock) {
    this.topic = topics.alerts();
    this.clock = clock;
    this.follower =
        new TopicFollower("alerts", consumer, topicIds, List.of(topic.name()), reader, clock);
  }

  public void start() {
    follower.start();
  }

  /** The way of records onto it, for a test that has no Kafka. */
  TopicReader reader() {
    return reader;
  }

  /** The alerts; empty while they have not all been read. */
  public Optional<Alerts> alerts() {
    return shown;
  }

  /** The reason why they are not read on, for good; empty where they are. */
  public Optional<String> ended() {
    return follower.ended();
  }

  /** The reason why they are not read, or not read on; empty where they are. */
  public Optional<String> fault() {
    return follower.ended().or(follower::hindered);
  }

  /** The records that could not be read. */
  public RejectedRecords rejected() {
    return rejected;
  }

  /** Waits until there is another version than this, for a time at most. */
  void awaitOther(long version, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (left > 0 && shown.map(Alerts::version).orElse(version) == version) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    follower.close();
  }

  private void show() {
    Map<AlertKey, AlertRecord> all = new TreeMap<>(ORDER);
    all.putAll(read);
    lock.lock();
    try {
      long version = shown.map(Alerts::version).orElse(0L) + 1;
      shown = Optional.of(new Alerts(version, Collections.unmodifiableMap(all)));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The records' way onto the board. */
  private final class Reader implements TopicReader {

    private boolean different;

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics topics) {
      read.clear(); // from the beginning: what is shown stays until all is read again
      different = true;
      return Map.of();
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        different = true;
        take(record);
      }
    }

    /** A record that this version cannot read changes nothing: an alert does not end by that. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
      try {
        AlertKey key = topic.keys().decode(record.key());
        Optional<AlertRecord> alert = topic.decode(key, record.value());
        alert.ifPresentOrElse(now -> read.put(key, checked(key, now)), () -> read.remove(key));
      } catch (BadRecordException | IllegalArgumentException e) {
        rejected.add(record, String.valueOf(e.getMessage()), clock.millis());
      }
    }

    private AlertRecord checked(AlertKey key, AlertRecord alert) {
      if (!alert.getRule().equals(key.rule()) || !alert.getPool().equals(key.pool())) {
        throw new IllegalArgumentException("expected the alert that the key names, found another");
      }
      return alert;
    }

    @Override
    public void reached(long revision, long lag, Optional<Long> completeAt) {
      if (different && completeAt.isPresent()) {
        different = false;
        show();
      }
    }

    @Override
    public void forget(String reason) {
      read.clear();
      different = true;
    }
  }
}
