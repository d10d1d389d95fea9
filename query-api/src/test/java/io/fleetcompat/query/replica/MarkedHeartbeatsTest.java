package io.fleetcompat.query.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.query.follow.RejectedRecords;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkedHeartbeatsTest {

  private static final String TOPIC = "host-capacity";
  private static final byte[] NAME = "a".getBytes(UTF_8);
  private static final byte[] BEAT = {1};

  private final FleetKey fleet = FleetKey.random(new SecureRandom());
  private final RejectedRecords rejected = new RejectedRecords();
  private final MarkedHeartbeats marked =
      new MarkedHeartbeats(Optional.of(fleet.heartbeats()), TOPIC);
  private long offset;

  private ConsumerRecord<byte[], byte[]> unmarked(String topic) {
    return new ConsumerRecord<>(topic, 0, offset++, NAME, BEAT);
  }

  private ConsumerRecord<byte[], byte[]> beat(
      HostKey key, byte @Nullable [] value, long epoch, long number) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(TOPIC, 0, offset++, NAME, value);
    record.headers().add(key.markHeartbeat(new HostRecord(TOPIC, NAME, value), epoch, number));
    return record;
  }

  private List<Long> believed(List<ConsumerRecord<byte[], byte[]>> records) {
    ConsumerRecords<byte[], byte[]> read =
        new ConsumerRecords<>(
            Map.of(new TopicPartition(records.getFirst().topic(), 0), records), Map.of());
    List<Long> offsets = new ArrayList<>();
    marked.believed(read, rejected, 0).forEach(record -> offsets.add(record.offset()));
    return offsets;
  }

  @Test
  void marksOfTheHostAreBelievedOnceAndInOrder() {
    HostKey key = fleet.host("a", 1);
    assertThat(
            believed(
                List.of(
                    beat(key, BEAT, 1, 5),
                    beat(key, BEAT, 1, 5),
                    beat(key, BEAT, 1, 4),
                    beat(key, null, 1, 6),
                    beat(key, BEAT, 2, 0),
                    beat(fleet.host("a", 2), BEAT, 1, 0),
                    beat(key, BEAT, 3, 0))))
        .containsExactly(0L, 3L, 4L, 5L);
    assertThat(rejected.count()).as("a repeated one is nobody's fault").isEqualTo(2);
    assertThat(rejected.newest().getFirst().reason()).startsWith("replayed: ");
  }

  @Test
  void othersAreRejected() {
    assertThat(
            believed(
                List.of(
                    unmarked(TOPIC),
                    beat(FleetKey.random(new SecureRandom()).host("a", 1), BEAT, 1, 5),
                    beat(fleet.host("b", 1), BEAT, 1, 5))))
        .isEmpty();
    assertThat(rejected.count()).isEqualTo(3);
  }

  @Test
  void otherTopicsAreTheIndexersAffair() {
    assertThat(believed(List.of(unmarked("placements")))).containsExactly(0L);
  }

  @Test
  void whatIsReadAgainFromTheBeginningIsNoReplay() {
    HostKey key = fleet.host("a", 1);
    assertThat(believed(List.of(beat(key, BEAT, 1, 5)))).containsExactly(0L);
    marked.forget();
    assertThat(believed(List.of(beat(key, BEAT, 1, 5)))).containsExactly(1L);
    assertThat(rejected.count()).isZero();
  }
}
