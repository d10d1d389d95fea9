package io.fleetcompat.query.history;

import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.KafkaFaultException;
import io.fleetcompat.query.follow.ReadAgainException;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicFollower;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.query.follow.TopicReader;
import io.fleetcompat.query.history.HistoryException.Kind;
import io.fleetcompat.query.past.ChangeLog;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The changes of the index that a process keeps on its disk, as it follows them in Kafka. It goes
 * on where it ended, whatever ends it; what is damaged is read again from Kafka.
 *
 * <p>One thread of its own writes; any thread asks, and closes it.
 */
public final class History implements ChangeLog, AutoCloseable {

  /** The time between two looks whether something is to be dropped. */
  private static final Duration DROP_EVERY = Duration.ofMinutes(5);

  private final HistoryStore store;
  private final Topic<ChangeKey, ChangeRecord> topic;
  private final Clock clock;
  private final RejectedRecords rejected = new RejectedRecords();
  private final StoreFaults faults = new StoreFaults();
  private final ChangeDecoder decoder;
  private final TopicFollower follower;
  private long droppedAt = Long.MIN_VALUE; // of the writer
  private volatile long lag;
  private volatile Optional<Instant> asOf = Optional.empty();

  /**
   * @param store closed with this, as are consumer and ids
   */
  public History(
      HistoryStore store,
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Topics topics,
      Clock clock) {
    this.store = store;
    this.topic = topics.changes();
    this.clock = clock;
    this.decoder = new ChangeDecoder(topic, rejected, clock);
    this.follower =
        new TopicFollower(
            "history", consumer, topicIds, List.of(topic.name()), new Reader(), clock);
  }

  public void start() {
    follower.start();
  }

  @Override
  public Optional<Instant> completeSince() {
    return store.completeSince();
  }

  @Override
  public boolean awaitCurrent(Duration atMost) throws InterruptedException {
    return follower.awaitCurrent(atMost);
  }

  @Override
  public long undo(long after, Undo undo) {
    return store.undo(after, undo);
  }

  /**
   * A page of changes, the newest first.
   *
   * @param before the end of the page before
   * @throws HistoryException where they cannot be read now
   */
  public ChangesPage page(ChangesQuestion question, Optional<ChangePosition> before, int limit) {
    return store.page(question, before, limit);
  }

  /** The records that could not be read. */
  public RejectedRecords rejected() {
    return rejected;
  }

  /** The state of it, for operators. */
  public HistoryStatus status() {
    return new HistoryStatus(
        completeSince(), asOf, store.changes(), bytes(), lag, rejected.count(), fault());
  }

  private long bytes() {
    try {
      return store.bytes();
    } catch (HistoryException e) {
      return 0;
    }
  }

  private Optional<String> fault() {
    return follower.ended().or(faults::current).or(follower::hindered);
  }

  @Override
  public void close() {
    try {
      follower.close();
    } finally {
      store.close();
    }
  }

  /** The records' way onto the disk. */
  private final class Reader implements TopicReader {

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics topics) throws KafkaFaultException {
      String id = String.valueOf(topics.ids().get(topic.name()));
      SortedMap<Integer, PartitionState> begun = begun(topics);
      return keep(
          () -> {
            if (faults.current().isPresent() || !store.isOpen()) {
              store.openAgain();
            }
            String known = store.contents().topicId();
            if (!known.isEmpty() && !known.equals(id)) {
              store.clear("the topic " + topic.name() + " was deleted and made anew");
            }
            store.begin(id, begun);
            return offsets(store.contents().next());
          });
    }

    /** The partitions as they are where nothing of them is known yet. */
    private SortedMap<Integer, PartitionState> begun(FoundTopics topics)
        throws KafkaFaultException {
      Map<TopicPartition, Long> beginnings = topics.beginnings().ask();
      Map<TopicPartition, Long> ends = topics.ends().ask();
      SortedMap<Integer, PartitionState> states = new TreeMap<>();
      for (TopicPartition partition : topics.partitions()) {
        long first = beginnings.getOrDefault(partition, 0L);
        boolean nothingLeft = first > 0 && ends.getOrDefault(partition, first) <= first;
        long since =
            nothingLeft
                ? Math.max(0, clock.millis() - topics.retention().ask(topic.name()).toMillis())
                : PartitionState.UNKNOWN;
        states.put(partition.partition(), PartitionState.begin(first, since));
      }
      return states;
    }

    private Map<TopicPartition, Long> offsets(Map<Integer, Long> next) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      next.forEach((n, offset) -> offsets.put(new TopicPartition(topic.name(), n), offset));
      return offsets;
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
      if (store.isDamaged()) {
        throw cleared("it is damaged");
      }
      Map<Integer, Long> next = new HashMap<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> each : records.nextOffsets().entrySet()) {
        next.put(each.getKey().partition(), each.getValue().offset());
      }
      if (!next.isEmpty()) {
        List<ArrivedChange> arrived = decoder.decode(records);
        keep(
            () -> {
              store.append(arrived, next);
              return next;
            });
      }
    }

    @Override
    public void reached(long revision, long behind, Optional<Long> completeAt) {
      lag = behind;
      completeAt.map(Instant::ofEpochMilli).ifPresent(at -> asOf = Optional.of(at));
      long now = clock.millis();
      if (droppedAt == Long.MIN_VALUE || now - droppedAt >= DROP_EVERY.toMillis()) {
        droppedAt = now;
        keep(
            () -> {
              store.dropOldest(now);
              return now;
            });
      }
    }

    @Override
    public void forget(String reason) {
      keep(
          () -> {
            store.clear(reason);
            return reason;
          });
    }
  }

  /** A use of the disk. */
  private interface Keeping<T> {
    T keep();
  }

  /** Clears what is damaged, and tries all else again. Both read Kafka again from there on. */
  private <T> T keep(Keeping<T> keeping) {
    try {
      T kept = keeping.keep();
      faults.overcome();
      return kept;
    } catch (HistoryException e) {
      throw e.kind() == Kind.DAMAGED
          ? cleared(String.valueOf(e.getMessage()))
          : new ReadAgainException(faults.failed(e, clock.millis()), e);
    }
  }

  private ReadAgainException cleared(String reason) {
    try {
      store.clear(reason);
      return new ReadAgainException(Duration.ZERO, new HistoryException(Kind.DAMAGED, reason));
    } catch (HistoryException e) {
      return new ReadAgainException(faults.failed(e, clock.millis()), e);
    }
  }
}
