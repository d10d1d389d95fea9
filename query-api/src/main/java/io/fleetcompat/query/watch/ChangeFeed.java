package io.fleetcompat.query.watch;

import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.KafkaFaultException;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicFollower;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.query.follow.TopicReader;
import io.fleetcompat.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest changes and alerts as they come from Kafka, for any number of watchers. It needs no
 * disk: a process that starts reads what is not too old again, so a watcher goes on after a
 * restart, and on another replica.
 *
 * <p>One thread of its own writes; any thread watches, and closes it.
 */
public final class ChangeFeed implements AutoCloseable {

  /** Longest wait for events that a watcher has seen elsewhere. */
  private static final Duration LONGEST_BEHIND = Duration.ofSeconds(5);

  /** Events after which sleeping watchers are woken, although the batch goes on. */
  private static final int WAKE_EVERY = 256;

  private final FeedBounds bounds;
  private final Map<String, FeedTopic> topics;
  private final Clock clock;
  private final RejectedRecords rejected = new RejectedRecords();
  private final Reader reader = new Reader();
  private final TopicFollower follower;
  private final SleepingThreads sleepers = new SleepingThreads();
  private volatile Optional<FeedLog> current = Optional.empty();

  /**
   * @param consumer closed with this, as are the ids
   */
  public ChangeFeed(
      FeedBounds bounds,
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Topics topics,
      Clock clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.topics =
        Stream.of(
                new ChangesTopic(topics.changes(), rejected, clock),
                new AlertsTopic(topics.alerts(), rejected, clock))
            .collect(Collectors.toMap(FeedTopic::name, topic -> topic));
    List<String> names = this.topics.keySet().stream().sorted().toList();
    this.follower = new TopicFollower("watch", consumer, topicIds, names, reader, clock);
  }

  public void start() {
    follower.start();
  }

  /** The way of records into it, for a test that has no Kafka. */
  TopicReader reader() {
    return reader;
  }

  /** The records that could not be read. */
  public RejectedRecords rejected() {
    return rejected;
  }

  /** The reason why nothing will come any more, for good; empty while something may. */
  public Optional<String> ended() {
    return follower.ended();
  }

  /**
   * The time at which all that Kafka had was read, milliseconds since 1970; 0 where it never was.
   */
  public long asOf() {
    return current.map(log -> log.tail().asOf()).orElse(0L);
  }

  /** The events that are kept. */
  public long events() {
    return current.map(log -> log.ring().end() - log.ring().oldest()).orElse(0L);
  }

  /** The approximate memory that they take. */
  public long bytes() {
    return current.map(log -> log.ring().bytes()).orElse(0L);
  }

  /** Begins to watch with what comes from now on. */
  public FeedStart begin(WatchFilter filter) {
    Optional<FeedLog> log = ready();
    return log.isEmpty() ? notReady() : new FeedStart.Begun(FeedCursor.atEnd(log.get(), filter));
  }

  /** Begins to watch with what came after an event, whichever replica told of it. */
  public FeedStart resume(String id, WatchFilter filter) throws InterruptedException {
    Optional<FeedPosition> parsed = FeedPosition.parse(id);
    if (parsed.isEmpty()) {
      return new FeedStart.Malformed();
    }
    Optional<FeedLog> log = ready();
    return log.isEmpty() ? notReady() : resume(log.get(), parsed.get(), filter);
  }

  private FeedStart resume(FeedLog log, FeedPosition position, WatchFilter filter)
      throws InterruptedException {
    FeedPartitions partitions = log.partitions();
    if (position.mark() != partitions.mark() || position.size() != partitions.size()) {
      return new FeedStart.TooOld("one of other topics: they were made anew since");
    }
    if (!log.tail().position().covers(position)) {
      if (!follower.awaitCurrent(LONGEST_BEHIND)) {
        return new FeedStart.NotReady("this replica has not read so far yet");
      }
      if (!log.tail().position().covers(position)) {
        return new FeedStart.TooOld(
            "one that Kafka has not reached: it has lost the end of a topic");
      }
    }
    FeedCursor cursor = FeedCursor.after(log, filter, position);
    return log.ring().keepsAllFrom(position)
        ? new FeedStart.Begun(cursor)
        : new FeedStart.TooOld("one after which events were dropped");
  }

  private Optional<FeedLog> ready() {
    return current.filter(log -> log.tail().asOf() > 0);
  }

  private FeedStart notReady() {
    return new FeedStart.NotReady(
        follower.ended().or(follower::hindered).orElse("the newest changes are being read"));
  }

  /** Waits until a cursor may have something next, is interrupted, or the time is over. */
  public void await(FeedCursor cursor, Duration atMost) {
    sleepers.sleep(cursor::hasMore, atMost.toNanos());
  }

  /** Wakes all who wait, whatever for. */
  public void wake() {
    sleepers.wake();
  }

  @Override
  public void close() {
    follower.close();
  }

  /** The records' way to the watchers. */
  private final class Reader implements TopicReader {

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics found) throws KafkaFaultException {
      Map<TopicPartition, Long> offsets = new HashMap<>(found.ends().ask()); // first: more may come
      offsets.putAll(found.times().ask(clock.millis() - bounds.maxAge().toMillis()));
      FeedPartitions partitions = FeedPartitions.of(found);
      current =
          Optional.of(new FeedLog(partitions, partitions.position(offsets), bounds.maxBytes()));
      return offsets;
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
      FeedLog log = current.orElseThrow();
      long now = clock.millis();
      int unseen = 0;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        TopicPartition from = new TopicPartition(record.topic(), record.partition());
        Optional<FeedTopic.Content> content =
            Objects.requireNonNull(topics.get(record.topic())).read(record);
        if (content.isPresent()) {
          log.append(from, record.offset(), content.get(), now);
          unseen++;
        }
        if (unseen == WAKE_EVERY) {
          unseen = 0;
          sleepers.wake();
        }
      }
      Map<TopicPartition, Long> next = new HashMap<>();
      for (Map.Entry<TopicPartition, OffsetAndMetadata> each : records.nextOffsets().entrySet()) {
        next.put(each.getKey(), each.getValue().offset());
      }
      if (!next.isEmpty()) {
        log.advance(next);
      }
      if (unseen > 0) {
        sleepers.wake();
      }
    }

    @Override
    public void reached(long revision, long lag, Optional<Long> completeAt) {
      FeedLog log = current.orElseThrow();
      completeAt.ifPresent(log::complete);
      log.ring().dropBefore(clock.millis() - bounds.maxAge().toMillis());
    }

    @Override
    public void forget(String reason) {
      current.ifPresent(log -> log.end(reason));
      current = Optional.empty();
      sleepers.wake();
    }
  }
}
