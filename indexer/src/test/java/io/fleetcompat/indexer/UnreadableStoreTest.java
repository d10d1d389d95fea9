package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An indexer that starts on stores into whose changelogs somebody else has written. */
class UnreadableStoreTest {

  private static final Judge JUDGE = new Judge(Set.of());

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final String OLD = "1.2.9";
  private static final String NEW = "1.3.0";

  private final Published published = new Published();
  private final PipedRecords log = new PipedRecords();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hosts probing-hosts told-pool-hosts capacities history-notes",
        "census",
        "profiles",
        "rows judge-meta",
        "probe-profiles probe-hosts probe-open probe-verdicts probe-inconclusive probe-meta",
        "pool-hosts pool-inputs pool-healths",
        "alert-healths",
        "alert-states"
      })
  void whatIsUnderAnyKeyOfAStoreIsMadeAgain(String stores) {
    Map<String, PoolHealthRecord> healths;
    Map<String, AlertRecord> alerts;
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"), published, log)) {
      fill(driver);
      healths = new TreeMap<>(driver.healths);
      alerts = new TreeMap<>(driver.alerts);
      assertThat(alerts.values()).anyMatch(alert -> alert.getState() == AlertState.PENDING);
      List.of(stores.split(" ")).forEach(driver::garble);
      left = driver.crash(directory.resolve("1"));
    }
    published.rejected.clear();
    try (Driver driver = new Driver(left, published, log)) {
      driver.healths.putAll(healths);
      driver.alerts.putAll(alerts);
      settle(driver, 5);
      assertThat(published.rejected).as("said, and in the topic").isNotEmpty();
      assertThat(published.placed().keySet()).containsExactly("a1", "a2", "a3", "b");
      driver.judged(JUDGE);
      assertThat(published.disagreements(JUDGE)).isEmpty();
      assertGoesOn(driver);
      beat(driver, 3); // capacities are known again
      settle(driver, 5);
      assertThat(withoutTimes(driver.healths)).isEqualTo(withoutTimes(healths));
      assertThat(states(driver.alerts)).isEqualTo(states(alerts));
      left = driver.crash(directory.resolve("2"));
    }
    published.rejected.clear();
    try (Driver driver = new Driver(left, published, log)) {
      settle(driver, 3);
      assertThat(published.rejected).as("nothing is left of it").isEmpty();
      assertThat(published.disagreements(JUDGE)).isEmpty();
    }
  }

  @Test
  void aHostThatIsGoneMeanwhileIsWithdrawn() {
    Path left;
    int profiles;
    try (Driver driver = new Driver(directory.resolve("0"), published, log)) {
      fill(driver);
      profiles = published.profiles.size();
      driver.garble("hosts");
      left = driver.crash(directory.resolve("1"));
    }
    log.put(Driver.TOPICS.hostInventory().name(), new byte[] {'b'}, null);
    try (Driver driver = new Driver(left, published, log)) {
      settle(driver, 5);
      assertThat(published.placed().keySet()).containsExactly("a1", "a2", "a3");
      driver.settle(Driver.GC_AFTER).settle(TICK);
      assertThat(published.profiles).as("without what only b had").hasSize(profiles - 1);
    }
  }

  private static Map<String, String> states(Map<String, AlertRecord> alerts) {
    Map<String, String> states = new TreeMap<>();
    alerts.forEach((key, alert) -> states.put(key, alert.getState() + " " + alert.getSince()));
    return states;
  }

  /** A profile that is new is judged and gets a number that no other has. */
  private void assertGoesOn(Driver driver) {
    driver.document("b", document("b", 1, 2, types("2.0.0", "2.1.0"))).settle(TICK).judged(JUDGE);
    assertThat(published.disagreements(JUDGE)).isEmpty();
    assertThat(published.profiles.values().stream().map(p -> p.getNumber()).distinct().count())
        .isEqualTo(published.profiles.size());
    driver.document("b", document("b", 1, 3, types("1.9.0"))).settle(TICK).judged(JUDGE);
  }

  /** Hosts in pools, with alerts that are pending, and one whose driver may be asked. */
  private static void fill(Driver driver) {
    for (String host : List.of("a1", "a2", "a3")) {
      driver.document(host, document(host, 1, 1, types(OLD)));
    }
    driver.document("b", document("b", 1, 1, types("1.9.0")));
    driver.document("a1", document("a1", 1, 2, types(NEW)));
    driver.heartbeat("b", heartbeat("b", 1, 1, true));
    for (int second = 0; second < 12; second++) {
      if (second % 10 == 0) {
        beat(driver, 1);
      }
      driver.settle(TICK);
    }
    driver.judged(JUDGE);
  }

  /** A heartbeat of each host, which names its newest document. */
  private static void beat(Driver driver, int documentOfB) {
    driver.heartbeat("a1", heartbeat("a1", 1, 2));
    driver.heartbeat("a2", heartbeat("a2", 1, 1));
    driver.heartbeat("a3", heartbeat("a3", 1, 1));
    driver.heartbeat("b", heartbeat("b", 1, documentOfB, true));
  }

  private static void settle(Driver driver, int seconds) {
    for (int second = 0; second < seconds; second++) {
      driver.settle(TICK);
    }
  }

  private static Map<String, String> withoutTimes(Map<String, PoolHealthRecord> healths) {
    Map<String, String> without = new TreeMap<>();
    healths.forEach(
        (pool, health) ->
            without.put(
                pool, health.toString().replaceAll("\"changedAt\": [^,}]*", "\"changedAt\": 0")));
    return without;
  }
}
