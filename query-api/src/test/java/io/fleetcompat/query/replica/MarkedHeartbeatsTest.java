package io.fleetcompat.query.replica;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.replica.MarkedHeartbeats.Believed;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      new MarkedHeartbeats(fleet.heartbeats(), new Topics("", 1, (short) 1));
  private final List<String> ended = new ArrayList<>();
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
    Believed believed = marked.believed(read, rejected, 0);
    believed.records().forEach(record -> offsets.add(record.offset()));
    believed.ended().forEach(host -> ended.add(host.host()));
    return offsets;
  }

  private List<String> afterKey(byte @Nullable [] registered) {
    assertThat(believed(List.of(new ConsumerRecord<>("keys", 0, offset++, NAME, registered))))
        .as("what the index is made of")
        .isEmpty();
    List<String> found = List.copyOf(ended);
    ended.clear();
    return found;
  }

  private static byte[] registered(Generations generations) {
    return Codecs.REGISTERED_KEY.encode(generations.record(Instant.EPOCH, ""));
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
  void aHostIsAsGoodAsGoneOnceItsKeyCountsNoMore() {
    HostKey first = fleet.host("a", 1);
    assertThat(afterKey(registered(new Generations(1, 1, false)))).isEmpty();
    assertThat(believed(List.of(beat(first, BEAT, 1, 5)))).hasSize(1);
    assertThat(afterKey(registered(new Generations(1, 2, false)))).as("both count").isEmpty();
    assertThat(believed(List.of(beat(first, BEAT, 1, 6)))).hasSize(1);
    assertThat(afterKey(registered(new Generations(2, 2, false)))).containsExactly("a");
    assertThat(believed(List.of(beat(first, BEAT, 1, 7)))).isEmpty();
    assertThat(rejected.newest().getFirst().reason()).startsWith("forged: ");
    assertThat(believed(List.of(beat(fleet.host("a", 2), BEAT, 1, 8)))).hasSize(1);
    assertThat(afterKey(registered(new Generations(2, 2, true)))).containsExactly("a");
    assertThat(believed(List.of(beat(fleet.host("a", 2), BEAT, 1, 9)))).isEmpty();
    assertThat(afterKey(registered(new Generations(3, 3, false)))).containsExactly("a");
    assertThat(believed(List.of(beat(fleet.host("a", 3), BEAT, 1, 9)))).hasSize(1);
  }

  @Test
  void aKeyThatNobodyCanReadCountsNoMore() {
    assertThat(believed(List.of(beat(fleet.host("a", 1), BEAT, 1, 5)))).hasSize(1);
    assertThat(afterKey(new byte[] {1, 2, 3})).containsExactly("a");
    assertThat(rejected.count()).isEqualTo(1);
    assertThat(believed(List.of(beat(fleet.host("a", 1), BEAT, 1, 6)))).isEmpty();
  }

  @Test
  void aHostWithoutAKeyIsNotHeard() {
    assertThat(believed(List.of(beat(fleet.host("a", 1), BEAT, 1, 5)))).hasSize(1);
    assertThat(afterKey(null)).containsExactly("a");
  }

  @Test
  void whatIsRegisteredInTheSameBatchCountsFirst() {
    byte[] revoked = registered(new Generations(1, 1, true));
    ConsumerRecord<byte[], byte[]> heartbeat = beat(fleet.host("a", 1), BEAT, 1, 5);
    ConsumerRecord<byte[], byte[]> key = new ConsumerRecord<>("keys", 0, 0, NAME, revoked);
    Believed found =
        marked.believed(
            new ConsumerRecords<>(
                Map.of(
                    new TopicPartition(TOPIC, 0), List.of(heartbeat),
                    new TopicPartition("keys", 0), List.of(key)),
                Map.of()),
            rejected,
            0);
    assertThat(found.records()).isEmpty();
    assertThat(found.ended()).isEmpty();
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
