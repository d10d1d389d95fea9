package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes of rules, profiles, answers, overrides and pools. */
class OtherChangesTest {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final String RULES = new Judge(Set.of()).ruleSet().toString();
  private static final String MUTUAL = new Judge(Set.of(Policy.MUTUAL)).ruleSet().toString();

  @TempDir Path directory;

  /** The changes of one kind that came since anybody asked. */
  private static List<String> told(Driver driver, ChangeKey.Kind kind) {
    driver.settle(SOON).settle(SOON);
    List<String> words =
        ChangeWords.of(
            driver.changes.stream().filter(change -> change.key.kind() == kind).toList());
    driver.changes.clear();
    return words;
  }

  @Test
  void rules() {
    Path left;
    try (Driver driver = new Driver(directory.resolve("0"))) {
      driver.document("a", document("a", 1, 1, types("1.2.0")));
      assertThat(told(driver, ChangeKey.Kind.RULES))
          .containsExactly("rules/in-force [RULES_CHANGED] rule set=null>" + RULES + " in [] new");
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left, new Published(), Set.of(Policy.MUTUAL), 1000)) {
      assertThat(told(driver, ChangeKey.Kind.RULES))
          .containsExactly(
              "rules/in-force [RULES_CHANGED] rule set=" + RULES + ">" + MUTUAL + " in []");
      driver.settle(SOON).settle(Driver.KEEP_PREVIOUS);
      assertThat(told(driver, ChangeKey.Kind.RULES))
          .containsExactly(
              "rules/%s/rules [RULES_FORGOTTEN] rule set=%s>null in []"
                  .formatted(RuleSetId.of(RULES), RULES));
    }
  }

  @Test
  void aProfileThatNobodyHasIsForgotten() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", document("a", 1, 1, types("1.2.0"))).settle(SOON);
      int known = driver.published.profiles.size();
      driver.document("a", document("a", 1, 2, types("1.3.0"))).settle(Driver.GC_AFTER);
      assertThat(told(driver, ChangeKey.Kind.PROFILE))
          .singleElement()
          .asString()
          .matches("profile/[0-9a-f]{32} \\[PROFILE_FORGOTTEN] in \\[]");
      assertThat(driver.published.profiles).hasSize(known);
    }
  }

  @Test
  void answersOfDrivers() {
    try (Driver driver = new Driver(directory)) {
      ask(driver, "a");
      answer(driver, ProbeOutcomeKind.INCONCLUSIVE);
      assertThat(answers(driver))
          .containsExactly("[DRIVER_ANSWERED] answer=null>none (a): why new");
      driver.settle(Duration.ofSeconds(10));
      answer(driver, ProbeOutcomeKind.ACCEPTED);
      assertThat(answers(driver))
          .containsExactly("[DRIVER_ANSWERED] answer=none (a): why>compatible (a)");
      ask(driver, "b");
      answer(driver, ProbeOutcomeKind.INCONCLUSIVE);
      assertThat(answers(driver))
          .containsExactly("[DRIVER_ANSWERED] answer=compatible (a)>compatible (a), none (b): why");
      driver.settle(Duration.ofSeconds(10));
      answer(driver, ProbeOutcomeKind.REFUSED);
      assertThat(answers(driver))
          .containsExactly(
              "[DRIVER_ANSWERED] answer=compatible (a), none (b): why>compatible (a), refused"
                  + " EINVAL (b)");
      for (String host : List.of("a", "b")) {
        driver.document(host, null);
      }
      driver.settle(SOON).settle(Driver.GC_AFTER);
      assertThat(answers(driver))
          .containsExactly("[ANSWER_FORGOTTEN] answer=compatible (a), refused EINVAL (b)>null");
    }
  }

  private static List<String> answers(Driver driver) {
    return told(driver, ChangeKey.Kind.PROBE).stream()
        .map(words -> words.replaceAll("^probe/[0-9a-f]{32}/[0-9a-f]{32} ", ""))
        .map(words -> words.replace(" in []", ""))
        .toList();
  }

  private static void ask(Driver driver, String host) {
    Endpoint type =
        new Endpoint(
            EndpointName.type("0000:00:02.0", "t"),
            EndpointKind.MDEV_TYPE,
            Optional.of("t"),
            Attributes.of(Map.of("migration_version", new Attribute.Text("v1"))),
            Attributes.NONE,
            Attributes.of(Map.of("vendor", new Attribute.Text("0x8086"))));
    driver
        .document(host, document(host, 1, 1, List.of(type)))
        .heartbeat(host, heartbeat(host, 1, 1, true))
        .settle(SOON)
        .settle(SOON);
  }

  private static void answer(Driver driver, ProbeOutcomeKind outcome) {
    for (ProbeRequest request : driver.settle(SOON).requests()) {
      boolean refused = outcome == ProbeOutcomeKind.REFUSED;
      driver.result(
          new ProbeResult(
              request.getHost(),
              request.getNumber(),
              request.getPair(),
              request.getEndpoint(),
              outcome,
              refused ? 22 : 0,
              refused ? "EINVAL" : "",
              outcome == ProbeOutcomeKind.INCONCLUSIVE ? "why" : "",
              Instant.EPOCH));
    }
  }

  @Test
  void overrides() {
    try (Driver driver = new Driver(directory)) {
      driver.override("one", override("software-version", "tried"));
      assertThat(told(driver, ChangeKey.Kind.OVERRIDE))
          .containsExactly(
              "override/one [OVERRIDE_ADDED] author=null>an.operator destination=null>green"
                  + " reason=null>tried rule=null>software-version scope=null>POOL"
                  + " source=null>blue in [blue, green] new");
      driver.override("one", override("software-version", "tried"));
      assertThat(told(driver, ChangeKey.Kind.OVERRIDE)).as("the same once more").isEmpty();
      driver.override("one", override("software-version", "tried twice"));
      assertThat(told(driver, ChangeKey.Kind.OVERRIDE))
          .containsExactly(
              "override/one [OVERRIDE_ADDED] reason=tried>tried twice in [blue, green]");
      driver.override("bad", override("facet-missing", "")).override("bad", null);
      assertThat(told(driver, ChangeKey.Kind.OVERRIDE)).as("one that nobody can use").isEmpty();
      driver.override("one", new byte[] {1});
      assertThat(told(driver, ChangeKey.Kind.OVERRIDE))
          .as("one that nobody can use ends what its id had")
          .singleElement()
          .asString()
          .startsWith("override/one [OVERRIDE_REMOVED] author=an.operator>null");
      driver.override("one", null);
      assertThat(told(driver, ChangeKey.Kind.OVERRIDE)).isEmpty();
    }
  }

  private static byte[] override(String rule, String reason) {
    return Codecs.OVERRIDE.encode(
        new OverrideRecord(
            rule,
            OverrideScopeKind.POOL,
            "blue",
            "green",
            "an.operator",
            reason,
            Instant.EPOCH,
            null,
            null));
  }

  @Test
  void pools() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a", "b")) {
        driver.document(host, document(host, 1, 1, types("1.2.0")));
      }
      assertThat(told(driver, ChangeKey.Kind.POOL))
          .singleElement()
          .asString()
          .contains("pool/p1 [POOL_HEALTH_CHANGED]", "live hosts=null>2", "in [p1] new");
      driver.document("a", document("a", 1, 2, types("1.3.0")));
      assertThat(told(driver, ChangeKey.Kind.POOL))
          .containsExactly(
              "pool/p1 [POOL_HEALTH_CHANGED] full types=2>1 groups=1>2 movable types=2>1"
                  + " one-way pairs=0>1 stranded types=0>1 in [p1]");
      for (String host : List.of("a", "b")) {
        driver.document(host, null);
      }
      assertThat(told(driver, ChangeKey.Kind.POOL))
          .singleElement()
          .asString()
          .startsWith("pool/p1 [POOL_GONE]")
          .contains("live hosts=2>null");
    }
  }
}
