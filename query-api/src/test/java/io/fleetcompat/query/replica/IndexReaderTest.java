package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.settings.SteadyClock;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final List<Long> visible = new ArrayList<>();
  private final Replica replica = new Replica(IndexView.empty());

  private FleetClock clock() {
    return new FleetClock(
        new SteadyClock(
            () -> Instant.ofEpochMilli(now + wallAhead), () -> TimeUnit.MILLISECONDS.toNanos(now)));
  }

  private static ConsumerRecords<byte[], byte[]> heartbeat(long stampedAt) {
    return record(TOPICS.hostCapacity().name(), stampedAt, new byte[0], new byte[0]);
  }

  private ConsumerRecords<byte[], byte[]> placement(
      int sequence, Liveness liveness, long observedAt) {
    Placement placement =
        Placement.newBuilder(new IndexedFleet(1, 1, 4, 2).placement(0, sequence))
            .setLiveness(liveness)
            .setObservedAt(Instant.ofEpochMilli(observedAt))
            .build();
    return record(
        TOPICS.placements().name(),
        now,
        placement.getHost().getBytes(StandardCharsets.UTF_8),
        Codecs.PLACEMENT.encode(placement));
  }

  private static ConsumerRecords<byte[], byte[]> record(
      String topic, long stampedAt, byte[] key, byte[] value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            topic,
            0,
            0,
            stampedAt,
            TimestampType.LOG_APPEND_TIME,
            key.length,
            value.length,
            key,
            value,
            new RecordHeaders(),
            Optional.empty());
    return new ConsumerRecords<>(Map.of(new TopicPartition(topic, 0), List.of(record)), Map.of());
  }

  /** Else a host that fell silent then would be live for as long as the process was stopped. */
  @Test
  void heartbeatsThatHaveWaitedWhileTheProcessWasStoppedDoNotSetTheClockBack() {
    FleetClock clock = clock();
    IndexReader reader = new IndexReader(TOPICS, replica, clock, Optional.empty(), visible::add);
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
    IndexReader reader = new IndexReader(TOPICS, replica, clock, Optional.empty(), visible::add);
    reader.reached(1, 0, Optional.of(clock.millis()));
    long asked = clock.millis();
    reader.read(heartbeat(now));
    reader.reached(2, 0, Optional.of(asked));
    assertThat(replica.snapshot().asOf()).isEqualTo(now);
  }

  @Test
  void aNewDocumentIsTimedWhenASnapshotHasItAndWhatWasThereBeforeIsNoNews() {
    FleetClock clock = clock();
    IndexReader reader = new IndexReader(TOPICS, replica, clock, Optional.empty(), visible::add);
    reader.read(placement(1, Liveness.FRESH, START - 60_000));
    reader.reached(1, 0, Optional.of(clock.millis()));
    assertThat(visible).as("it was there at the start").isEmpty();

    now += 1_000;
    reader.read(placement(2, Liveness.FRESH, now - 150));
    assertThat(visible).as("no snapshot has it yet").isEmpty();
    reader.reached(2, 0, Optional.of(clock.millis()));
    assertThat(visible).containsExactly(150L);

    now += 1_000;
    reader.read(placement(2, Liveness.STALE, now - 1_150));
    reader.reached(3, 0, Optional.of(clock.millis()));
    assertThat(visible).as("the same document").hasSize(1);
    assertThat(reader.rejected().count()).isZero();
  }
}
