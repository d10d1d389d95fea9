package io.fleetcompat.query.alert;

import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.KafkaFaultException;
import io.fleetcompat.query.follow.OneTopicId;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A board that a test fills by hand; nothing is followed. */
public final class FilledBoard implements AutoCloseable {

  public static final Instant START = Instant.parse("2026-11-26T00:00:00Z");

  private final Topics topics = new Topics("", 1, (short) 1);
  private final AlertBoard board;
  private long offset;

  public FilledBoard(Clock clock) {
    board = new AlertBoard(new MockConsumer<>("none"), new OneTopicId(), topics, clock);
    begin();
  }

  /** Begins to read, as after a break. */
  void begin() {
    try {
      board
          .reader()
          .begin(
              new FoundTopics(
                  Map.of(topics.alerts().name(), Uuid.ONE_UUID),
                  List.of(new TopicPartition(topics.alerts().name(), 0)),
                  Map::of,
                  Map::of,
                  _ -> Map.of(),
                  _ -> Duration.ZERO));
    } catch (KafkaFaultException e) {
      throw new IllegalStateException(e);
    }
  }

  public AlertBoard board() {
    return board;
  }

  /** An alert that fires, and is announced. */
  public static AlertRecord firing(String rule, String pool) {
    return of(rule, pool, AlertState.FIRING, true);
  }

  static AlertRecord of(String rule, String pool, AlertState state, boolean announced) {
    boolean fired = state != AlertState.PENDING;
    return new AlertRecord(
        rule,
        pool,
        "critical",
        state,
        START,
        fired ? START.plusSeconds(300) : null,
        null,
        state == AlertState.RESOLVED ? START.plusSeconds(600) : null,
        announced,
        null,
        "3 of 9 devices of the pool '" + pool + "' can move to no other host of it",
        "because",
        List.of("host-1"),
        0);
  }

  /** Shows these, too. */
  public void show(AlertRecord... alerts) {
    for (AlertRecord alert : alerts) {
      add(new AlertKey(alert.getRule(), alert.getPool()).toString(), Codecs.ALERT.encode(alert));
    }
    complete();
  }

  /** All that there is has been read. */
  public void complete() {
    board.reader().reached(offset, 0, Optional.of(1L));
  }

  void add(String key, byte @Nullable [] value) {
    TopicPartition partition = new TopicPartition(topics.alerts().name(), 0);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            partition.topic(), 0, offset++, key.getBytes(StandardCharsets.UTF_8), value);
    board.reader().read(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
  }

  @Override
  public void close() {
    board.close();
  }
}
