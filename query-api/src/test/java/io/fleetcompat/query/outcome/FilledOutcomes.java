package io.fleetcompat.query.outcome;

import io.fleetcompat.query.follow.OneTopicId;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A board that a test fills by hand, and a sender whose records it reads when told to. */
public final class FilledOutcomes implements AutoCloseable {

  private final Topics topics = new Topics("", 1, (short) 1);
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final OutcomeSender sender = new OutcomeSender(topics.outcomes(), () -> producer);
  private final Clock clock;
  private final OutcomeBoard board;
  private long offset;

  public FilledOutcomes(Clock clock) {
    this(clock, OutcomeBounds.DEFAULTS);
  }

  FilledOutcomes(Clock clock, OutcomeBounds bounds) {
    this.clock = clock;
    board = new OutcomeBoard(new MockConsumer<>("none"), new OneTopicId(), topics, clock, bounds);
    complete();
  }

  public OutcomeBoard board() {
    return board;
  }

  public OutcomeSender sender() {
    return sender;
  }

  /** Reads all that the sender has written. */
  public void readSent() {
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      add(new String(record.key(), StandardCharsets.UTF_8), record.value(), clock.millis());
    }
    producer.clear();
  }

  /** All that there is has been read. */
  public void complete() {
    board.reader().reached(offset, 0, Optional.of(1L));
  }

  void add(String id, MigrationOutcome outcome, long recorded) {
    add(id, Codecs.OUTCOME.encode(outcome), recorded);
  }

  void add(String id, byte @Nullable [] value, long recorded) {
    TopicPartition partition = new TopicPartition(topics.outcomes().name(), 0);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            partition.topic(),
            0,
            offset++,
            recorded,
            TimestampType.LOG_APPEND_TIME,
            id.length(),
            value == null ? -1 : value.length,
            id.getBytes(StandardCharsets.UTF_8),
            value,
            new RecordHeaders(),
            Optional.empty());
    board.reader().read(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
  }

  @Override
  public void close() {
    sender.close();
    board.close();
  }
}
