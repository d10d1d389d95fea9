package io.fleetcompat.query.follow;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Topics as one log that is read from some position on. All that Kafka's client throws comes out of
 * it as {@link KafkaFaultException}; then nothing was taken from the log. One thread.
 */
final class TopicLog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final long ENDS_EVERY_MILLIS = 1000;

  private final Consumer<byte[], byte[]> consumer;
  private final TopicIds topicIds;
  private final List<String> topics;
  private final Clock clock;
  private final AwaitedEnds awaited = new AwaitedEnds();
  private List<TopicPartition> partitions = List.of();
  private Map<String, Uuid> opened = Map.of();
  private Map<TopicPartition, Long> ends = Map.of();
  private long endsAskedAt;
  private boolean answered;
  private volatile boolean polling;

  TopicLog(Consumer<byte[], byte[]> consumer, TopicIds topicIds, List<String> topics, Clock clock) {
    this.consumer = consumer;
    this.topicIds = topicIds;
    this.topics = topics;
    this.clock = clock;
  }

  /**
   * The position up to which the log was read.
   *
   * @param revision sum of the positions of all partitions
   * @param lag records that are known to be there and were not read
   * @param completeAt when the log ended where it was read up to, milliseconds since 1970; empty
   *     where it is known not to end there, or nothing is known
   * @param awaited number of the newest question of {@link #askSoon} whose answer was read
   */
  record Position(long revision, long lag, Optional<Long> completeAt, long awaited) {}

  /** Finds the topics; returns the one that is still missing, or empty where all are there. */
  Optional<String> find() throws KafkaFaultException {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> of = ask(() -> partitionsOf(topic));
      if (of.isEmpty()) {
        return Optional.of(topic);
      }
      of.forEach(p -> found.add(new TopicPartition(topic, p.partition())));
    }
    opened = ask(this::ids); // before the first position is: whatever is made anew later is noticed
    partitions = found;
    ends = Map.of();
    endsAskedAt = 0;
    awaited.askAgain();
    return Optional.empty();
  }

  /** The topics that were found. */
  FoundTopics found() {
    return new FoundTopics(
        opened,
        partitions,
        () -> ask(() -> consumer.beginningOffsets(partitions, ANSWER_TIMEOUT)),
        () -> ask(() -> consumer.endOffsets(partitions, ANSWER_TIMEOUT)),
        since -> ask(() -> offsetsSince(since)),
        topic -> ask(() -> topicIds.retention(topic)));
  }

  private Map<TopicPartition, Long> offsetsSince(long since) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, since));
    Map<TopicPartition, Long> found = new HashMap<>();
    consumer
        .offsetsForTimes(asked, ANSWER_TIMEOUT)
        .forEach(
            (partition, first) -> {
              if (first != null) {
                found.put(partition, first.offset());
              }
            });
    return found;
  }

  /**
   * Begins to read.
   *
   * @param from the offset where each partition begins; one that is not among them begins at its
   *     beginning
   */
  void begin(Map<TopicPartition, Long> from) throws KafkaFaultException {
    List<TopicPartition> others = partitions.stream().filter(p -> !from.containsKey(p)).toList();
    ask(
        () -> {
          consumer.assign(partitions);
          from.forEach(consumer::seek);
          if (!others.isEmpty()) {
            consumer.seekToBeginning(others);
          }
          return partitions;
        });
  }

  private Map<String, Uuid> ids() {
    return topicIds.of(topics);
  }

  private List<PartitionInfo> partitionsOf(String topic) {
    try {
      return consumer.partitionsFor(topic, ANSWER_TIMEOUT);
    } catch (UnknownTopicOrPartitionException e) {
      return List.of();
    }
  }

  /** The next records. */
  ConsumerRecords<byte[], byte[]> read() throws KafkaFaultException {
    answered = false;
    askEnds();
    askAwaited();
    polling = true;
    try {
      ConsumerRecords<byte[], byte[]> records = ask(() -> consumer.poll(POLL));
      answered |= !records.isEmpty();
      return records;
    } finally {
      polling = false;
    }
  }

  /** True where Kafka is known to have answered in the last {@link #read}. */
  boolean hasAnswered() {
    return answered;
  }

  /**
   * Has Kafka asked at once where all that was written ends. That is not where a reader of
   * committed records may read up to: a transaction of several topics ends in one after the other.
   * Any thread.
   *
   * @return the number of a question that begins after this; an earlier one may not know of all
   *     that is there now
   */
  long askSoon() {
    long later = awaited.next();
    if (awaited.want() && polling) {
      consumer.wakeup();
    }
    return later;
  }

  /** Every second, as long as all that was known to be there has been read. */
  private void askEnds() throws KafkaFaultException {
    long now = clock.millis();
    boolean pending = !ends.isEmpty() && lag(positions()) > 0;
    boolean recent = now >= endsAskedAt && now - endsAskedAt < ENDS_EVERY_MILLIS;
    if (pending || recent) {
      return;
    }
    Map<TopicPartition, Long> found = ask(() -> consumer.endOffsets(partitions, ANSWER_TIMEOUT));
    requireOpened(ask(this::ids));
    ends = found;
    endsAskedAt = now;
    answered = true;
  }

  private void askAwaited() throws KafkaFaultException {
    if (!awaited.isDue()) {
      return;
    }
    long question = awaited.begin();
    try {
      Map<TopicPartition, Long> found = ask(() -> topicIds.writtenEnds(partitions));
      requireOpened(ask(this::ids));
      awaited.answer(question, found);
      answered = true;
    } catch (KafkaFaultException e) {
      awaited.askAgain();
      throw e;
    }
  }

  /**
   * Topics that were made anew and are longer than where the old ones were read up to cause no
   * error of offsets: the consumer would read on in their middle.
   */
  private void requireOpened(Map<String, Uuid> ids) throws KafkaFaultException {
    for (Map.Entry<String, Uuid> id : ids.entrySet()) {
      if (!id.getValue().equals(opened.get(id.getKey()))) {
        throw new KafkaFaultException(new TopicMadeAnewException(id.getKey()));
      }
    }
  }

  Position position() throws KafkaFaultException {
    Map<TopicPartition, Long> positions = positions();
    long revision = positions.values().stream().mapToLong(Long::longValue).sum();
    long lag = lag(positions);
    boolean complete = !ends.isEmpty() && lag == 0;
    return new Position(
        revision,
        lag,
        complete ? Optional.of(endsAskedAt) : Optional.empty(),
        awaited.read(positions));
  }

  private Map<TopicPartition, Long> positions() throws KafkaFaultException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : partitions) {
      positions.put(partition, ask(() -> consumer.position(partition, ANSWER_TIMEOUT)));
    }
    return positions;
  }

  private long lag(Map<TopicPartition, Long> positions) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  private static <T> T ask(Supplier<T> question) throws KafkaFaultException {
    try {
      return question.get();
    } catch (RuntimeException e) {
      throw new KafkaFaultException(e);
    }
  }

  /** Ends a wait for Kafka. Any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    try (topicIds) {
      consumer.close();
    }
  }
}
