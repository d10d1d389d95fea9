package io.fleetcompat.query.watch;

import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.KafkaFaultException;
import io.fleetcompat.query.follow.OneTopicId;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A feed that a test fills by hand; nothing is followed. */
public final class FilledFeed implements AutoCloseable {

  static final int PARTITIONS = 4;

  static {
    Objects.requireNonNull(Codecs.CHANGE); // from here on, Avro makes our records
  }

  private final Topics topics = new Topics("", PARTITIONS, (short) 1);
  private final String topic = topics.changes().name();
  private final Clock clock;
  private final ChangeFeed feed;
  private final Map<TopicPartition, Long> written = new HashMap<>();

  public FilledFeed(FeedBounds bounds, Clock clock) {
    this.clock = clock;
    feed = new ChangeFeed(bounds, new MockConsumer<>("none"), new OneTopicId(), topics, clock);
    begin(Uuid.ONE_UUID);
  }

  /** Begins with topics of this id. */
  void begin(Uuid id) {
    List<TopicPartition> partitions =
        Stream.concat(
                Stream.of(new TopicPartition(topics.alerts().name(), 0)),
                IntStream.range(0, PARTITIONS).mapToObj(n -> new TopicPartition(topic, n)))
            .toList();
    Map<TopicPartition, Long> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, written.getOrDefault(partition, 0L)));
    try {
      feed.reader()
          .begin(
              new FoundTopics(
                  Map.of(topic, id),
                  partitions,
                  () -> ends,
                  () -> ends,
                  _ -> Map.of(),
                  _ -> Duration.ofDays(30)));
    } catch (KafkaFaultException e) {
      throw new IllegalStateException(e);
    }
  }

  public ChangeFeed feed() {
    return feed;
  }

  /** All that there is has been read. */
  public void complete() {
    feed.reader().reached(1, 0, Optional.of(Math.max(1, clock.millis())));
  }

  /** The topics are others. */
  public void forget() {
    feed.reader().forget("the topic was made anew");
  }

  /** A change that is of one of the hosts {@code host-0}, ... */
  public void add(int partition, String host, ChangeCause cause) {
    add(
        partition,
        new ChangeKey(ChangeKey.Kind.HOST, host),
        ChangeRecord.newBuilder().setCauses(List.of(cause)).build());
  }

  public void add(int partition, ChangeKey subject, ChangeRecord change) {
    add(partition, RecordKeys.CHANGE.encode(subject), Codecs.CHANGE.encode(change));
  }

  /** An alert, as it stands now. */
  public void add(AlertRecord alert) {
    AlertKey key = new AlertKey(alert.getRule(), alert.getPool());
    add(
        new TopicPartition(topics.alerts().name(), 0),
        RecordKeys.ALERT.encode(key),
        Codecs.ALERT.encode(alert));
  }

  /** A record, whatever it says. */
  void add(int partition, byte[] key, byte[] value) {
    add(new TopicPartition(topic, partition), key, value);
  }

  private void add(TopicPartition of, byte[] key, byte[] value) {
    long offset = written.getOrDefault(of, 0L);
    written.put(of, offset + 1);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            of.topic(),
            of.partition(),
            offset,
            clock.millis(),
            TimestampType.LOG_APPEND_TIME,
            key.length,
            value.length,
            key,
            value,
            new RecordHeaders(),
            Optional.empty());
    feed.reader()
        .read(
            new ConsumerRecords<>(
                Map.of(of, List.of(record)), Map.of(of, new OffsetAndMetadata(offset + 1))));
  }

  @Override
  public void close() {
    feed.close();
  }
}
