package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The times that a reader of the index goes by. */
class IndexReaderTest {

  private static final Topics TOPICS = new Topics("", 1, (short) 1);
  private static final long START = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();

  private long now = START;
  private long wallAhead;
  private final Replica replica = new Replica(IndexView.empty());

  private FleetClock clock() {
    return new FleetClock(
        new SteadyClock(
            () -> Instant.ofEpochMilli(now + wallAhead), () -> TimeUnit.MILLISECONDS.toNanos(now)));
  }

  private static ConsumerRecords<byte[], byte[]> heartbeat(long stampedAt) {
    String topic = TOPICS.hostCapacity().name();
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            topic,
            0,
            0,
            stampedAt,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.empty());
    return new ConsumerRecords<>(Map.of(new TopicPartition(topic, 0), List.of(record)), Map.of());
  }

  /** Else a host that fell silent then would be live for as long as the process was stopped. */
  @Test
  void heartbeatsThatHaveWaitedWhileTheProcessWasStoppedDoNotSetTheClockBack() {
    FleetClock clock = clock();
    IndexReader reader = new IndexReader(TOPICS, replica, clock, Optional.empty());
    reader.reached(1, 0, Optional.of(clock.millis()));
    now += Duration.ofHours(2).toMillis();
    reader.read(heartbeat(START + 1));
    assertThat(clock.millis()).isEqualTo(now);

    reader.reached(2, 0, Optional.of(clock.millis()));
    now += 200;
    reader.read(heartbeat(now - 150));
    assertThat(clock.millis()).as("one that has just come").isEqualTo(now - 150);
  }

  @Test
  void noSnapshotIsOfTheFutureWhenTheFirstHeartbeatSetsTheClockRight() {
    wallAhead = Duration.ofHours(2).toMillis();
    FleetClock clock = clock();
    IndexReader reader = new IndexReader(TOPICS, replica, clock, Optional.empty());
    reader.reached(1, 0, Optional.of(clock.millis()));
    long asked = clock.millis();
    reader.read(heartbeat(now));
    reader.reached(2, 0, Optional.of(asked));
    assertThat(replica.snapshot().asOf()).isEqualTo(now);
  }
}
