package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An indexer whose topics somebody else empties, or writes to. */
class ToldAgainTest {

  private static final Judge JUDGE = new Judge(Set.of());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration BOUND = Driver.COMPARE_EVERY.plusSeconds(5);

  private final Published published = new Published();
  private final PipedRecords log = new PipedRecords();

  @TempDir Path directory;

  static Stream<Topic<?, ?>> topics() {
    return Stream.of(
        Driver.TOPICS.placements(),
        Driver.TOPICS.profiles(),
        Driver.TOPICS.matrix(),
        Driver.TOPICS.poolHealth());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aTopicThatWasEmptiedIsWrittenAgain(Topic<?, ?> topic) {
    try (Driver driver = filled()) {
      Set<Bytes> before = log.keys(topic.name());
      assertThat(before).isNotEmpty();
      log.empty(topic.name());
      pass(driver, BOUND);
      assertThat(log.keys(topic.name())).isEqualTo(before);
      assertThat(driver.count("records.told.again", "topic", topic.name()))
          .isEqualTo(before.size());
      pass(driver, BOUND);
      assertThat(driver.count("records.told.again", "topic", topic.name()))
          .as("once")
          .isEqualTo(before.size());
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void oneThatIsMissingOrAnotherIsWrittenAgainAndForeignOnesAreTakenAway(Topic<?, ?> topic) {
    try (Driver driver = filled()) {
      List<Bytes> before = List.copyOf(log.keys(topic.name()));
      log.remove(topic.name(), before.getFirst().get());
      log.put(topic.name(), before.getLast().get(), new byte[] {1, 2, 3});
      log.put(topic.name(), foreign(topic, before).getBytes(UTF_8), new byte[] {4});
      pass(driver, BOUND);
      assertThat(log.keys(topic.name())).containsExactlyInAnyOrderElementsOf(before);
      assertThat(driver.count("records.told.again", "topic", topic.name())).isEqualTo(3);
    }
  }

  /** A key that nobody has told, of the topic's form. */
  private static String foreign(Topic<?, ?> topic, List<Bytes> keys) {
    if (List.of(Driver.TOPICS.placements().name(), Driver.TOPICS.poolHealth().name())
        .contains(topic.name())) {
      return "nobody";
    }
    String none = "0".repeat(32);
    return topic.name().equals(Driver.TOPICS.profiles().name())
        ? none
        : keys.stream()
            .map(key -> new String(key.get(), UTF_8))
            .filter(key -> key.endsWith("/generation"))
            .findFirst()
            .map(key -> key.replace("generation", none))
            .orElseThrow();
  }

  @Test
  void theGenerationThatWasTakenAwayIsWrittenAgain() {
    try (Driver driver = filled()) {
      for (Bytes key : log.keys(Driver.TOPICS.matrix().name())) {
        if (new String(key.get(), UTF_8).endsWith("/generation")) {
          log.put(Driver.TOPICS.matrix().name(), key.get(), null);
        }
      }
      pass(driver, BOUND);
      assertThat(driver.count("records.told.again", "topic", Driver.TOPICS.matrix().name()))
          .isEqualTo(1);
    }
  }

  @Test
  void whatIsToldWhileTheTopicIsReadIsNotToldAgain() {
    try (Driver driver = filled()) {
      for (int i = 0; i < 200; i++) {
        driver.document("c", document("c", 1, i + 1, types("2." + i + ".0")));
        driver.settle(TICK);
      }
      driver.judged(JUDGE);
      pass(driver, BOUND);
      topics()
          .forEach(
              topic ->
                  assertThat(driver.count("records.told.again", "topic", topic.name()))
                      .as(topic.name())
                      .isZero());
      assertThat(published.disagreements(JUDGE)).isEmpty();
    }
  }

  @Test
  void hostsThatOnlyTheTopicKnowsArePlacedAgainFromTheirDocuments() {
    Path left;
    try (Driver driver = filled()) {
      driver.forget("hosts");
      left = driver.crash(directory.resolve("left"));
    }
    published.placementRecords = 0;
    try (Driver driver = new Driver(left, published, log)) {
      pass(driver, BOUND);
      assertThat(published.placed().keySet()).containsExactly("a", "bb");
      assertThat(published.placementRecords).as("placed again").isGreaterThanOrEqualTo(2);
      driver.judged(JUDGE);
      assertThat(published.disagreements(JUDGE)).isEmpty();
    }
  }

  private Driver filled() {
    Driver driver = new Driver(directory.resolve("filled"), published, log);
    driver.document("a", document("a", 1, 1, types("1.2.0", "1.3.0")));
    driver.document("bb", document("bb", 1, 1, types("1.4.0")));
    driver.settle(TICK).judged(JUDGE);
    // Pools gather their changes.
    driver.settle(TICK).settle(TICK).settle(TICK);
    log.compare();
    return driver;
  }

  private static void pass(Driver driver, Duration time) {
    for (int second = 0; second < time.toSeconds(); second++) {
      if (second % 10 == 0) { // none becomes stale, which would tell it, too
        driver.heartbeat("a", heartbeat("a", 1, 1)).heartbeat("bb", heartbeat("bb", 1, 1));
      }
      driver.settle(TICK);
    }
  }
}
