package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.Rejected;
import io.fleetcompat.settings.LivenessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexerTopologyTest {

  private static final Judge JUDGE = new Judge(Set.of());
  private static final Duration TICK = Duration.ofSeconds(2);

  @TempDir Path state;

  @Test
  void theGraphIsTheDescribedOne() throws IOException {
    String described =
        IndexerTopology.build(
                new TopologyConfig(new StreamsConfig(Driver.settings(state))),
                Driver.TOPICS,
                new IndexerTopology.Options(
                    new LivenessLimits(Driver.STALE_AFTER, Driver.LOST_AFTER),
                    new JudgeOptions(Driver.KEEP_PREVIOUS, 10, Driver.GC_AFTER),
                    new WantedRules(RuleSet.of(Set.of())),
                    new PipedRecords(),
                    new Comparing(new PipedRecords(), Driver.COMPARE_EVERY)),
                new IndexerMetrics(new SimpleMeterRegistry()))
            .describe()
            .toString();
    assertThat(described.strip()).isEqualTo(resource("/topology.txt").strip());
  }

  @Test
  void aDocumentBecomesAPlacementAndItsProfilesAreJudged() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 1, 1, types("1.2.0", "1.3.0"))).settle(TICK).judged(JUDGE);
      Placement placement = driver.published.placement("a");
      assertThat(PlacementRecord.endpoints(placement)).hasSize(2);
      assertThat(placement.getProfiles()).hasSize(3);
      assertThat(placement.getFunctionProfile()).isBetween(0, 2);
      assertThat(driver.published.disagreements(JUDGE)).isEmpty();
      Fingerprint older = profile(placement, 0);
      Fingerprint newer = profile(placement, 1);
      assertThat(driver.published.outcome(older, newer)).isEqualTo(Outcome.COMPATIBLE);
      assertThat(driver.published.outcome(newer, older)).isEqualTo(Outcome.INCOMPATIBLE);
    }
  }

  @Test
  void anOlderDocumentChangesNothingAndIsCounted() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 2, 5, types("1.2.0")));
      var before = driver.published.hosts();
      driver.document("a", document("a", 2, 4, types("1.3.0")));
      driver.document("a", document("a", 1, 9, types("1.3.0")));
      assertThat(driver.published.hosts()).isEqualTo(before);
      assertThat(driver.count("documents.dropped", "reason", "not-newer")).isEqualTo(2);
    }
  }

  @Test
  void aRefreshWithTheSameContentSaysItsVersion() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 1, 1, types("1.2.0")));
      driver.document("a", document("a", 1, 2, types("1.2.0")));
      assertThat(driver.published.placement("a").getSequence()).isEqualTo(2);
      driver.document("a", document("a", 1, 1, types("1.3.0")));
      assertThat(driver.published.placementRecords).as("the refresh was stored").isEqualTo(2);
    }
  }

  @Test
  void aHostThatSpeaksOfADocumentThatIsNotKnownBecomesStale() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 1, 1, types("1.2.0")));
      driver.settle(Duration.ofSeconds(40)).heartbeat("a", heartbeat("a", 1, 2));
      driver.heartbeat("a", heartbeat("a", 0, 1)).settle(Duration.ofSeconds(30));
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.STALE);
      driver.heartbeat("a", heartbeat("a", 1, 2));
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.STALE);
      driver.document("a", document("a", 1, 2, types("1.3.0")));
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.FRESH);
      driver.settle(Duration.ofSeconds(40)).heartbeat("a", heartbeat("a", 1, 2));
      driver.settle(Duration.ofSeconds(30));
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.FRESH);
    }
  }

  @Test
  void aRemovedHostIsGoneAndMayComeBack() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 1, 1, types("1.2.0"))).document("a", null);
      assertThat(driver.published.placements).isEmpty();
      driver.document("a", document("a", 1, 1, types("1.2.0"))).settle(TICK).judged(JUDGE);
      assertThat(driver.published.placements).containsKey("a");
      assertThat(driver.published.disagreements(JUDGE)).isEmpty();
    }
  }

  @Test
  void whatCannotBeUsedIsRejectedWithItsCauseAndNothingElseIsLost() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", new byte[] {1, 2, 3});
      driver.document("b", document("c", 1, 1, types("1.2.0")));
      driver.document("a/b", document("c", 1, 1, types("1.2.0")));
      driver.document(new byte[] {(byte) 0xff}, null);
      driver.heartbeat("a", document("a", 1, 1, types("1.2.0")));
      driver.census("nonsense", new byte[0]);
      driver.document("d", document("d", 1, 1, types("1.2.0"))).settle(TICK).judged(JUDGE);
      assertThat(driver.published.rejected)
          .extracting(Rejected::getCode)
          .containsExactly(
              "undecodable", "host-mismatch", "invalid", "invalid", "unknown-schema", "invalid");
      assertThat(driver.count("records.rejected", "code", "host-mismatch")).isEqualTo(1);
      assertThat(driver.published.placements.keySet()).containsExactly("d");
      assertThat(driver.published.disagreements(JUDGE)).isEmpty();
    }
  }

  @Test
  void aSilentHostBecomesStaleThenLostAndAHeartbeatBringsItBack() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 1, 1, types("1.2.0")));
      driver.document("b", document("b", 1, 1, types("1.2.0")));
      driver.settle(Duration.ofSeconds(40)).heartbeat("b", heartbeat("b"));
      driver.settle(Duration.ofSeconds(30));
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.STALE);
      assertThat(liveness(driver, "b")).isEqualTo(Liveness.FRESH);
      assertThat(driver.gauge("hosts", "liveness", "stale")).isEqualTo(1);
      driver.settle(Driver.LOST_AFTER).settle(TICK).judged(JUDGE);
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.LOST);
      driver.heartbeat("a", heartbeat("a"));
      assertThat(liveness(driver, "a")).isEqualTo(Liveness.FRESH);
      driver.settle(Duration.ofSeconds(70)).document("a", document("a", 1, 2, types("1.2.0")));
      assertThat(liveness(driver, "a"))
          .as("a document is a sign of life too")
          .isEqualTo(Liveness.FRESH);
    }
  }

  @Test
  void aProfileThatNobodyHasIsForgottenAfterAWhileAndItsNumberIsNotUsedAgain() {
    try (Driver driver = new Driver(state)) {
      driver.document("a", document("a", 1, 1, types("1.2.0"))).settle(TICK).judged(JUDGE);
      Fingerprint gone = profile(driver.published.placement("a"), 0);
      int number = driver.published.number(gone);
      driver.document("a", document("a", 1, 2, types("1.3.0"))).settle(TICK).judged(JUDGE);
      assertThat(driver.published.profiles).containsKey(gone);
      driver.settle(Driver.GC_AFTER).settle(TICK).judged(JUDGE);
      assertThat(driver.published.profiles).doesNotContainKey(gone);
      assertThat(driver.published.rows()).doesNotContainKey(gone);
      driver.document("a", document("a", 1, 3, types("1.2.0"))).settle(TICK).judged(JUDGE);
      assertThat(driver.published.number(gone)).isGreaterThan(number);
      assertThat(driver.published.disagreements(JUDGE)).isEmpty();
    }
  }

  @Test
  void profilesBeyondTheBoundStayUnknownUntilThereIsRoom() {
    try (Driver driver = new Driver(state, new Published(), Set.of(), 2)) {
      driver.document("a", document("a", 1, 1, types("1.2.0"))).settle(TICK).judged(JUDGE);
      driver.document("b", document("b", 1, 1, types("1.4.0"))).settle(TICK).judged(JUDGE);
      assertThat(driver.published.profiles).hasSize(2);
      assertThat(driver.gauge("profiles", "state", "refused")).isEqualTo(1);
      driver.document("a", null).settle(Driver.GC_AFTER).settle(TICK).judged(JUDGE);
      assertThat(driver.published.profiles).hasSize(2);
      assertThat(driver.published.disagreements(JUDGE)).isEmpty();
    }
  }

  private static Liveness liveness(Driver driver, String host) {
    return driver.published.placement(host).getLiveness();
  }

  private static Fingerprint profile(Placement placement, int endpoint) {
    return Published.fingerprints(placement)
        .get(PlacementRecord.endpoints(placement).get(endpoint).getProfile());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = IndexerTopologyTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
