package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.avro.Liveness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An indexer that starts on the state that another has left. */
class RestartTest {

  private static final Judge JUDGE = new Judge(Set.of());
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final int EVENTS = 200;

  @TempDir Path directory;

  private final Published published = new Published();

  @Test
  void anIndexerThatWasDownMakesNobodyStale() {
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      driver.document("a", document("a", 1, 1, types("1.2.0"))).settle(Duration.ofSeconds(59));
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, published)) {
      driver.settle(Duration.ofSeconds(50));
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.FRESH);
      driver.settle(Duration.ofSeconds(20));
      assertThat(published.placement("a").getLiveness()).isEqualTo(Liveness.STALE);
    }
  }

  @Test
  void profilesThatHostsShareAreCountedAnewFromThePlacementsThatAreThere() {
    Fingerprint shared;
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      driver.document("a", document("a", 1, 1, types("1.2.0")));
      driver.document("b", document("b", 1, 1, types("1.2.0"))).settle(TICK).judged(JUDGE);
      shared = published.profiles.keySet().iterator().next();
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, published)) {
      driver.document("a", null).settle(Driver.GC_AFTER).settle(TICK);
      assertThat(published.profiles).as("b has it").containsKey(shared);
      left = driver.crash(directory.resolve("2"));
    }
    try (Driver driver = new Driver(left, published)) {
      driver.document("b", null).settle(Driver.GC_AFTER).settle(TICK);
      assertThat(published.profiles).as("nobody has it").doesNotContainKey(shared);
    }
  }

  @Test
  void theSameRulesJudgeNothingAgainAndOthersEverything() {
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      driver.document("a", document("a", 1, 1, types("1.2.0", "1.3.0")));
      driver.settle(TICK).judged(JUDGE);
      left = driver.crash(directory.resolve("1"));
    }
    int rows = published.rowRecords;
    try (Driver driver = new Driver(left, published)) {
      driver.settle(TICK);
      left = driver.crash(directory.resolve("2"));
    }
    assertThat(published.rowRecords).as("the same rules").isEqualTo(rows);
    Judge mutual = new Judge(Set.of(Policy.MUTUAL));
    try (Driver driver = new Driver(left, published, Set.of(Policy.MUTUAL), 1000)) {
      driver.settle(TICK).judged(mutual);
    }
    assertThat(published.rowRecords).as("other rules").isGreaterThan(rows);
    assertThat(published.ruleSet()).isEqualTo(mutual.ruleSet().toString());
    assertThat(published.disagreements(mutual)).isEmpty();
  }

  @Test
  void whatIsThereFromBeforeRuleSetsHadRowsOfTheirOwnIsRemovedAtTheFirstStart() {
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      driver.document("a", document("a", 1, 1, types("1.2.0", "1.3.0")));
      driver.settle(TICK).judged(JUDGE);
      driver.supersede(0);
      assertThat(driver.storedRows()).isEqualTo(published.profiles.size() + 1);
      left = driver.crash(directory.resolve("1"));
    }
    published.matrixLog.clear();
    try (Driver driver = new Driver(left, published)) {
      driver.settle(TICK).settle(TICK);
      assertThat(driver.storedRows()).isEqualTo(published.profiles.size());
    }
    assertThat(published.matrixLog)
        .contains(MatrixKey.Superseded.GENERATION)
        .hasSize(published.profiles.size() + 1);
    assertThat(published.disagreements(JUDGE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"v\":0}", "{}", "[]", "nonsense", "{\"v\":1,\"facets\":{\"x\":[]}}"})
  void aStoredProfileThatThisVersionDoesNotAcceptIsDroppedAndNothingElseIsLost(String canonical) {
    Fingerprint old = Fingerprint.of(canonical);
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      driver.document("a", document("a", 1, 1, types("1.2.0", "1.3.0")));
      driver.settle(TICK).judged(JUDGE);
      published.profiles.put(old, driver.store(canonical));
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, published)) {
      driver.settle(TICK).judged(JUDGE);
      assertThat(driver.count("profiles.dropped", "reason", "not-accepted")).isEqualTo(1);
      assertThat(published.profiles).doesNotContainKey(old);
      driver.document("a", document("a", 1, 2, types("1.2.0", "1.4.0"))).settle(TICK);
      driver.judged(JUDGE);
      left = driver.crash(directory.resolve("2"));
    }
    try (Driver driver = new Driver(left, published)) {
      driver.document("b", document("b", 1, 1, types("1.5.0"))).settle(TICK).judged(JUDGE);
    }
    assertThat(published.disagreements(JUDGE)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23})
  void whatIsReadAgainAfterARestartChangesNothing(long seed) {
    History history = new History(seed);
    List<History.Event> events = history.events(EVENTS);
    Random random = new Random(seed);
    int cut = random.nextInt(1, EVENTS);
    int back = random.nextInt(cut);
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      events.subList(0, cut).forEach(event -> driver.document(event.host(), event.value()));
      left = driver.settle(TICK).crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, published)) {
      events.subList(back, EVENTS).forEach(event -> driver.document(event.host(), event.value()));
      driver.settle(TICK).judged(JUDGE);
    }
    assertThat(published.placed()).as("seed %d", seed).isEqualTo(history.model());
    assertThat(published.disagreements(JUDGE)).as("seed %d", seed).isEmpty();
  }
}
