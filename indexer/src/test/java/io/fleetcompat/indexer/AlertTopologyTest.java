package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.alerts.AlertRuleFile;
import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts about pools, from documents to what is told. A host's pool is pN: its name's length. */
final class AlertTopologyTest {

  private static final String NEW = "1.3.0";
  private static final String OLD = "1.2.9";
  private static final String STRANDED = "FleetcompatTypesStranded/p2";
  private static final String STALE = "FleetcompatHostsStale/p2";

  private static final Map<String, Integer> UPGRADING = Map.of("a1", 2, "a2", 1, "a3", 1);
  private static final Map<String, Integer> UPGRADED = Map.of("a1", 2, "a2", 2, "a3", 2);

  @TempDir Path directory;

  /** Lets time pass, second by second as the processor looks. */
  private static void pass(Driver driver, Duration time) {
    for (int second = 0; second < time.toSeconds(); second++) {
      driver.settle(Duration.ofSeconds(1));
    }
  }

  /** The same, with heartbeats for each host's document of that number. */
  private static void beat(Driver driver, Duration time, Map<String, Integer> documents) {
    for (int second = 0; second < time.toSeconds(); second++) {
      if (second % 10 == 0) {
        documents.forEach(
            (host, sequence) -> driver.heartbeat(host, Documents.heartbeat(host, 1, sequence)));
      }
      driver.settle(Duration.ofSeconds(1));
    }
  }

  private static AlertRecord alert(Driver driver, String key) {
    return Optional.ofNullable(driver.alerts.get(key)).orElseThrow();
  }

  private static AlertState state(Driver driver, String key) {
    return alert(driver, key).getState();
  }

  private static void strand(Driver driver) {
    for (String host : List.of("a1", "a2", "a3")) {
      driver.document(host, document(host, 1, 1, types(OLD)));
    }
    driver.document("a1", document("a1", 1, 2, types(NEW)));
    pass(driver, Duration.ofSeconds(3));
  }

  @Test
  void whatAnUpgradeStrandsIsPendingThenFiringThenResolved() {
    try (Driver driver = new Driver(directory)) {
      strand(driver);
      assertThat(state(driver, STRANDED)).isEqualTo(AlertState.PENDING);
      beat(driver, Duration.ofMinutes(14), UPGRADING);
      assertThat(state(driver, STRANDED)).isEqualTo(AlertState.PENDING);
      beat(driver, Duration.ofMinutes(2), UPGRADING);
      AlertRecord firing = alert(driver, STRANDED);
      assertThat(firing.getState()).isEqualTo(AlertState.FIRING);
      assertThat(firing.getAnnounced()).isTrue();
      assertThat(firing.getSummary())
          .isEqualTo("1 of 3 types of the pool 'p2' can move to no other host of it");
      assertThat(firing.getDescription())
          .startsWith("Most of all by the rule software-version: ")
          .endsWith("Without it, 0 devices and 1 types more could move.");

      driver.document("a2", document("a2", 1, 2, types(NEW)));
      driver.document("a3", document("a3", 1, 2, types(NEW)));
      pass(driver, Duration.ofSeconds(30));
      assertThat(state(driver, STRANDED)).isEqualTo(AlertState.FIRING);
      assertThat(alert(driver, STRANDED).getClearSince()).isNotNull();
      beat(driver, Duration.ofMinutes(10), UPGRADED);
      assertThat(state(driver, STRANDED)).isEqualTo(AlertState.RESOLVED);
      pass(driver, Duration.ofMinutes(61));
      assertThat(driver.alerts).doesNotContainKey(STRANDED);
    }
  }

  @Test
  void aRestartGoesOnWithWhatWasPendingAndWhatFires() {
    try (Driver driver = new Driver(directory.resolve("a"))) {
      strand(driver);
      pass(driver, Duration.ofSeconds(10));
      assertThat(state(driver, STRANDED)).isEqualTo(AlertState.PENDING);
      AlertRecord before = alert(driver, STRANDED);
      try (Driver again = new Driver(driver.crash(directory.resolve("b")))) {
        pass(again, Duration.ofSeconds(5));
        assertThat(again.alerts).as("nothing is told again").isEmpty();
        beat(again, Duration.ofMinutes(16), UPGRADING);
        assertThat(alert(again, STRANDED).getSince()).isEqualTo(before.getSince());
        assertThat(state(again, STRANDED)).isEqualTo(AlertState.FIRING);
      }
    }
  }

  @Test
  void aHostThatFallsSilentIsNamed() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a1", "a2")) {
        driver.document(host, document(host, 1, 1, types(OLD)));
      }
      beat(driver, Duration.ofMinutes(8), Map.of("a2", 1));
      AlertRecord stale = alert(driver, STALE);
      assertThat(stale.getState()).isEqualTo(AlertState.FIRING);
      assertThat(stale.getHosts()).containsExactly("a1");
      assertThat(stale.getSummary())
          .isEqualTo("1 hosts of the pool 'p2' are not heard of; it has 1 live ones");
    }
  }

  @Test
  void otherRulesCountWithoutAnyChangeOfThePool() throws BadYamlException {
    try (Driver driver = new Driver(directory)) {
      strand(driver);
      assertThat(state(driver, STRANDED)).isEqualTo(AlertState.PENDING);
      driver.alertRules.set(
          AlertRuleFile.parse(
              "alerts.yaml",
              """
              rules:
                - alert: Few
                  measure: live-hosts
                  below: 4
                  severity: warning
              """));
      pass(driver, Duration.ofSeconds(2));
      assertThat(driver.alerts).containsOnlyKeys("Few/p2");
      assertThat(state(driver, "Few/p2")).isEqualTo(AlertState.FIRING);
      driver.alertRules.set(new AlertRules(List.of(), List.of()));
      pass(driver, Duration.ofSeconds(2));
      assertThat(state(driver, "Few/p2")).isEqualTo(AlertState.RESOLVED);
    }
  }
}
