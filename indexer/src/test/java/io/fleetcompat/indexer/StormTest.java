package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A new profile costs one row, however many there are and however they come")
class StormTest {

  private static final Judge JUDGE = new Judge(Set.of());
  private static final Duration JUDGE_TICK = Duration.ofMillis(10);
  private static final int PROFILES = 150;

  /** Beside one profile a document: that of its function. */
  private static final int FUNCTION = 1;

  @TempDir Path directory;

  private final Published published = new Published();

  @Test
  void aSingleNewProfileIsPublishedInTheNextTick() {
    try (Driver driver = new Driver(directory, published)) {
      storm(driver, 0, PROFILES, 1);
      driver.judged(JUDGE);
      int before = published.rowRecords;
      driver.document("late", document("late", 1, 1, types("2.0.0"))).settle(JUDGE_TICK);
      assertThat(published.disagreements(JUDGE)).isEmpty();
      assertThat(published.rowRecords - before).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0} in a tick")
  @ValueSource(ints = {1, 7, PROFILES})
  void aStormWritesEveryRowOnceAndLeavesNothing(int inATick) {
    try (Driver driver = new Driver(directory, published)) {
      storm(driver, 0, PROFILES, inATick);
      driver.judged(JUDGE);
      assertThat(published.disagreements(JUDGE)).isEmpty();
      assertThat(published.rows()).hasSize(PROFILES + FUNCTION);
      assertThat(published.rowRecords).isEqualTo(PROFILES + FUNCTION);
    }
  }

  @ParameterizedTest(name = "after {0}")
  @ValueSource(ints = {1, 40, PROFILES - 1})
  void killedInTheStormItLosesNothingAndWritesNoRowAgain(int before) {
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      storm(driver, 0, before, 3);
      // What has just come has a number and no row.
      driver.document("last", document("last", 1, 1, types("3.0.0")));
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, published)) {
      storm(driver, before, PROFILES, 3);
      driver.judged(JUDGE);
    }
    assertThat(published.disagreements(JUDGE)).isEmpty();
    assertThat(published.rowRecords).isEqualTo(PROFILES + 1 + FUNCTION);
  }

  @Test
  void rowsOfTheFirstFormAreJudgedAgain() {
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published)) {
      storm(driver, 0, 20, 20);
      driver.judged(JUDGE);
      Fingerprint profile = published.rows().keySet().iterator().next();
      RuleSetId rules = RuleSetId.of(published.ruleSet());
      MatrixRow row = Objects.requireNonNull(published.rows().get(profile));
      driver.row(
          rules,
          profile,
          new MatrixRow(row.getSource(), row.getCompatible(), row.getUnknown(), null, null));
      published.rows().remove(profile);
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, published)) {
      driver.judged(JUDGE);
    }
    assertThat(published.disagreements(JUDGE)).isEmpty();
  }

  private static void storm(Driver driver, int from, int to, int inATick) {
    for (int i = from; i < to; i++) {
      String host = "host-" + i;
      driver.document(host, document(host, 1, 1, types("1.%d.0".formatted(i))));
      if (i % inATick == inATick - 1) {
        driver.settle(JUDGE_TICK);
      }
    }
  }
}
