package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Rejected;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An indexer with a fleet key believes records that their hosts have marked, and no other. */
class MarkedRecordsTest {

  private static final Topic<?, ?> INVENTORY = Driver.TOPICS.hostInventory();
  private static final Topic<?, ?> CAPACITY = Driver.TOPICS.hostCapacity();
  private static final Duration TICK = Duration.ofSeconds(1);

  private final FleetKey key = FleetKey.random(new SecureRandom());
  private final Published published = new Published();

  @TempDir Path state;

  private Driver driver() {
    return new Driver(state, published, key);
  }

  private static void register(Driver driver, String host, Generations generations) {
    driver.record(
        Driver.TOPICS.keys(),
        new TestRecord<>(
            host.getBytes(UTF_8),
            Codecs.REGISTERED_KEY.encode(generations.record(Instant.EPOCH, "")),
            Instant.EPOCH));
    driver.settle(TICK);
  }

  private void send(
      Driver driver, Topic<?, ?> topic, int generation, byte @Nullable [] value, long number) {
    sendAs(driver, topic, key.host("a", generation), value, 1, number);
  }

  private void sendAs(
      Driver driver,
      Topic<?, ?> topic,
      HostKey speaker,
      byte @Nullable [] value,
      long epoch,
      long number) {
    byte[] name = "a".getBytes(UTF_8);
    HostRecord record = new HostRecord(topic.name(), name, value);
    Header mark =
        topic.equals(CAPACITY)
            ? speaker.markHeartbeat(record, epoch, number)
            : speaker.markDocument(record, epoch, number);
    driver.record(
        topic, new TestRecord<>(name, value, new RecordHeaders(new Header[] {mark}), driver.now()));
  }

  /** Host a, with a key, a document and a heartbeat of number 10. */
  private Driver placed() {
    Driver driver = driver();
    register(driver, "a", Generations.NONE.rotated());
    send(driver, INVENTORY, 1, document("a", 1, 1, types("1.0.0")), 9);
    send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 10);
    assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
    return driver;
  }

  private String rejection(Consumer<Driver> deed) {
    try (Driver driver = placed()) {
      int before = published.rejected.size();
      deed.accept(driver);
      List<Rejected> more = published.rejected.subList(before, published.rejected.size());
      assertThat(more).hasSize(1);
      assertThat(driver.count("records.rejected", "code", more.getFirst().getCode())).isEqualTo(1);
      assertThat(published.placement("a").getSequence()).isEqualTo(1);
      assertThat(published.placement("a").getFindings()).containsExactly("false-speaker");
      assertThat(driver.gauge("hosts.found", "finding", "false-speaker")).isEqualTo(1);
      return more.getFirst().getCode();
    }
  }

  @Test
  void aDocumentWithoutAMarkIsUnsigned() {
    assertThat(rejection(d -> d.document("a", document("a", 1, 2, types("2.0.0")))))
        .isEqualTo("unsigned");
  }

  @Test
  void aRemovalWithoutAMarkRemovesNothing() {
    assertThat(rejection(d -> d.document("a", null))).isEqualTo("unsigned");
  }

  @Test
  void anotherFleetsMarkIsForged() {
    HostKey other = FleetKey.random(new SecureRandom()).host("a", 1);
    byte[] next = document("a", 1, 2, types("2.0.0"));
    assertThat(rejection(d -> sendAs(d, INVENTORY, other, next, 1, 11))).isEqualTo("forged");
  }

  @Test
  void anotherHostsKeyIsForged() {
    byte[] next = document("a", 1, 2, types("2.0.0"));
    assertThat(rejection(d -> sendAs(d, INVENTORY, key.host("b", 1), next, 1, 11)))
        .isEqualTo("forged");
  }

  @Test
  void aHeartbeatsSecretMarksNoDocument() {
    byte[] next = document("a", 1, 2, types("2.0.0"));
    HostRecord record = new HostRecord(INVENTORY.name(), "a".getBytes(UTF_8), next);
    Header mark = key.host("a", 1).markHeartbeat(record, 1, 11);
    assertThat(
            rejection(
                d ->
                    d.record(
                        INVENTORY,
                        new TestRecord<>(
                            "a".getBytes(UTF_8),
                            next,
                            new RecordHeaders(new Header[] {mark}),
                            d.now()))))
        .isEqualTo("forged");
  }

  @Test
  void anOldHeartbeatIsReplayed() {
    assertThat(rejection(d -> send(d, CAPACITY, 1, heartbeat("a", 1, 1), 8))).isEqualTo("replayed");
  }

  @Test
  void aHeartbeatThatIsReadTwiceKeepsNobodyAliveAndAccusesNobody() {
    try (Driver driver = placed()) {
      for (int i = 0; i < 70; i++) {
        send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 10);
        driver.settle(TICK);
      }
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
      assertThat(published.placement("a").getFindings()).isEmpty();
      assertThat(driver.count("documents.dropped", "reason", "repeated-heartbeat")).isEqualTo(70);
    }
  }

  @Test
  void oldRecordsDoNotReviveARemovedHost() {
    try (Driver driver = placed()) {
      send(driver, INVENTORY, 1, null, 11);
      assertThat(published.placements).isEmpty();
      send(driver, INVENTORY, 1, document("a", 1, 7, types("1.0.0")), 9);
      assertThat(published.placements).isEmpty();
      assertThat(published.rejected.getLast().getCode()).isEqualTo("replayed");
      sendAs(driver, INVENTORY, key.host("a", 1), document("a", 2, 1, types("1.0.0")), 2, 1);
      assertThat(published.placements).containsKey("a");
    }
  }

  @Test
  void anOldRemovalRemovesNothing() {
    try (Driver driver = placed()) {
      sendAs(driver, INVENTORY, key.host("a", 1), document("a", 5, 1, types("1.0.0")), 5, 1);
      send(driver, INVENTORY, 1, null, 11);
      assertThat(published.placement("a").getEpoch()).isEqualTo(5);
    }
  }

  @Test
  void aDocumentThatCameBeforeItsKeyIsTakenWithTheKey() {
    try (Driver driver = driver()) {
      send(driver, INVENTORY, 1, document("a", 1, 1, types("1.0.0")), 1);
      assertThat(published.placements).isEmpty();
      register(driver, "a", Generations.NONE.rotated());
      driver.settle(TICK).settle(TICK);
      assertThat(published.placements).containsKey("a");
    }
  }

  @Test
  void aNewKeyThatIsUsedBeforeItsRegistrationCameAccusesNobodyAndItsDocumentIsReadAgain() {
    try (Driver driver = placed()) {
      send(driver, INVENTORY, 2, document("a", 1, 2, types("2.0.0")), 11);
      send(driver, CAPACITY, 2, heartbeat("a", 1, 2), 12);
      assertThat(published.rejected).hasSize(2);
      assertThat(published.placement("a").getSequence()).isEqualTo(1);
      assertThat(published.placement("a").getFindings()).isEmpty();
      register(driver, "a", Generations.NONE.rotated().rotated().newestAlone());
      driver.settle(TICK).settle(TICK);
      assertThat(published.placement("a").getSequence()).isEqualTo(2);
      send(driver, CAPACITY, 2, heartbeat("a", 1, 2), 13);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
      assertThat(published.placement("a").getFindings()).isEmpty();
    }
  }

  @Test
  void whatIsReadAgainForItsKeyAndIsSomebodyElsesLeavesWhatIsPlaced() {
    try (Driver driver = placed()) {
      send(driver, INVENTORY, 2, document("a", 1, 2, types("2.0.0")), 11);
      byte[] name = "a".getBytes(UTF_8);
      driver.record(
          INVENTORY, new TestRecord<>(name, document("a", 9, 9, types("3.0.0")), driver.now()));
      register(driver, "a", Generations.NONE.rotated().rotated());
      driver.settle(TICK).settle(TICK);
      assertThat(published.placement("a").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void aRevokedKeyMakesItsHostStaleAtOnceUntilItHasAnother() {
    try (Driver driver = placed()) {
      Generations first = Generations.NONE.rotated();
      register(driver, "a", first.withdrawn());
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
      send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 12);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
      register(driver, "a", first.withdrawn().rotated());
      send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 13);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
      send(driver, CAPACITY, 2, heartbeat("a", 1, 1), 14);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
    }
  }

  @Test
  void theOldKeyCountsUntilTheNewOneIsUsed() {
    try (Driver driver = placed()) {
      register(driver, "a", Generations.NONE.rotated().rotated());
      send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 11);
      assertThat(published.rejected).isEmpty();
      send(driver, CAPACITY, 2, heartbeat("a", 1, 1), 12);
      assertThat(published.rejected).isEmpty();
      send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 13);
      assertThat(published.rejected.getLast().getCode()).isEqualTo("forged");
      send(driver, INVENTORY, 1, document("a", 1, 2, types("2.0.0")), 14);
      assertThat(published.placement("a").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void aNewKeyOutranksWhateverTheStolenOneHasSaid() {
    try (Driver driver = placed()) {
      sendAs(
          driver,
          INVENTORY,
          key.host("a", 1),
          document("a", Long.MAX_VALUE, Long.MAX_VALUE, types("2.0.0")),
          Long.MAX_VALUE,
          1);
      assertThat(published.placement("a").getEpoch()).isEqualTo(Long.MAX_VALUE);
      register(driver, "a", Generations.NONE.rotated().rotated().newestAlone());
      send(driver, INVENTORY, 2, document("a", 1, 3, types("1.0.0")), 15);
      assertThat(published.placement("a").getSequence()).isEqualTo(3);
      sendAs(driver, INVENTORY, key.host("a", 2), null, 1, 16);
      assertThat(published.placements).isEmpty();
    }
  }

  @Test
  void whatIsReadAgainFromTheBeginningAccusesNobody() {
    try (Driver driver = placed()) {
      byte[] name = "a".getBytes(UTF_8);
      HostRecord old = new HostRecord(CAPACITY.name(), name, heartbeat("a", 1, 1));
      driver.record(
          CAPACITY,
          new TestRecord<>(
              name,
              old.value(),
              new RecordHeaders(new Header[] {key.host("a", 1).markHeartbeat(old, 1, 8)}),
              driver.now().minusSeconds(3600)));
      assertThat(published.rejected).isEmpty();
      assertThat(published.placement("a").getFindings()).isEmpty();
    }
  }

  @Test
  void garbageUnderAHostsNameInTheTopicOfKeysTakesItsKeyAway() {
    try (Driver driver = placed()) {
      driver.record(
          Driver.TOPICS.keys(),
          new TestRecord<>("a".getBytes(UTF_8), new byte[] {1, 2}, Instant.EPOCH));
      assertThat(published.rejected).hasSize(1);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
    }
  }

  @Test
  void hostsThatWerePlacedBeforeAnybodyAskedForMarksAreStaleUntilTheyMark() {
    Path left;
    try (Driver before = new Driver(state, published)) {
      register(before, "a", Generations.NONE.rotated());
      before.document("a", document("a", 1, 1, types("1.0.0")));
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
      left = before.crash(state.resolve("left"));
    }
    try (Driver driver = new Driver(left, published, key)) {
      driver.settle(TICK).settle(TICK);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
      send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 1);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
    }
  }

  @Test
  void whatWasHeardIsKnownAfterARestart() {
    Path left;
    try (Driver driver = placed()) {
      left = driver.crash(state.resolve("left"));
    }
    try (Driver driver = new Driver(left, published, key)) {
      driver.settle(TICK);
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
      send(driver, CAPACITY, 1, heartbeat("a", 1, 1), 8);
      assertThat(published.rejected.getLast().getCode()).isEqualTo("replayed");
    }
  }
}
