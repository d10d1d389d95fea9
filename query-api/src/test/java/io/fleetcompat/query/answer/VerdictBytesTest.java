package io.fleetcompat.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Lack;
import io.fleetcompat.compatibility.judge.Overridden;
import io.fleetcompat.compatibility.judge.PackBasis;
import io.fleetcompat.compatibility.judge.PackRuleId;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.judge.VerdictJson;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.Side;
import io.fleetcompat.query.json.JsonBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of an answer are the same JSON that {@link VerdictJson} writes. */
class VerdictBytesTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "\"\\/\n\t\u0001", "äöü€😀\u2028"})
  void everyMemberIsAsTheRulesHaveIt(String text) throws Exception {
    Verdict verdict = verdict(text);
    JsonBytes json = new JsonBytes().open();
    VerdictBytes.write(json, verdict);
    assertThat(JSON.readTree(json.close().toBytes()))
        .isEqualTo(JSON.readTree(VerdictJson.toJson(verdict)));
  }

  @Test
  void whatIsOverriddenIsAsTheRulesHaveIt() throws Exception {
    Verdict plain = verdict("x");
    RuleOverride by =
        new RuleOverride(
            "o",
            "device-api",
            new OverrideScope(OverrideScope.Kind.POOL, "a", "b"),
            "an \"operator\"",
            "tried",
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());
    Verdict verdict =
        new Verdict(
            Outcome.COMPATIBLE,
            List.of(),
            plain.obligations(),
            plain.warnings(),
            Optional.empty(),
            List.of(new Overridden(plain.reasons().getFirst(), by)),
            Optional.empty());
    WrittenVerdict kept = WrittenVerdict.FORM.of(verdict, Optional.empty());
    JsonBytes json = new JsonBytes().open();
    kept.writeMembers(json, Map.of());
    assertThat(JSON.readTree(json.close().toBytes()))
        .isEqualTo(JSON.readTree(VerdictJson.toJson(verdict)));
    JsonBytes alone = new JsonBytes().open();
    kept.writeOverridden(alone);
    assertThat(JSON.readTree(alone.close().toBytes()).path("overridden"))
        .isEqualTo(JSON.readTree(VerdictJson.toJson(verdict)).path("overridden"));
  }

  @Test
  void aKeptVerdictHasTheValuesOfWhoeverAsks() throws Exception {
    WrittenVerdict pair =
        WrittenVerdict.FORM.of(verdict("x"), Optional.of(new Rank(1, true, 2, 3)));
    for (Map<String, String> values :
        List.<Map<String, String>>of(Map.of(), Map.of("aggregator", "2"), Map.of("other", "3"))) {
      JsonBytes json = new JsonBytes().open();
      pair.writeMembers(json, values);
      assertThat(JSON.readTree(json.close().toBytes()))
          .isEqualTo(JSON.readTree(VerdictJson.toJson(verdict("x").withValues(values))));
    }
  }

  @Test
  void aVerdictOfAPackIsAsTheRulesHaveItAndNamesTheHosts() throws Exception {
    Optional<PackBasis> basis =
        Optional.of(
            new PackBasis(
                "p@1",
                Optional.of(new Failure(FailureTime.LATE, true)),
                List.of("a document", "another")));
    Lack lack = new Lack(Side.SOURCE, "fact/x", new Parsed.Absent<>(), "state x");
    Reason lacking =
        new Reason.Unjudged(
            new PackRuleId("p", "x"),
            Optional.of(FacetId.VENDOR_RULES),
            Optional.of("fact/x"),
            Optional.empty(),
            Optional.of("1"),
            State.ABSENT,
            "the source lacks fact/x: state x",
            basis,
            List.of(lack));
    Verdict verdict =
        new Verdict(
            Outcome.UNKNOWN,
            List.of(lacking),
            List.of(new Obligation("aggregator", Optional.of("1"))),
            List.of(
                new Warning(
                    new PackRuleId("p", "y"),
                    Optional.of("fact/x"),
                    Optional.of("Both have x"),
                    "fact/x is absent at the source",
                    List.of(lack))),
            Optional.of(new Verdict.DecidedBy("p@1", List.of("a document"))));
    WrittenVerdict kept = WrittenVerdict.FORM.of(verdict, Optional.empty());
    JsonBytes anywhere = new JsonBytes().open();
    kept.writeMembers(anywhere, Map.of());
    assertThat(JSON.readTree(anywhere.close().toBytes()))
        .isEqualTo(JSON.readTree(VerdictJson.toJson(verdict)));
    JsonBytes there = new JsonBytes().open();
    kept.writeMembers(there, Map.of(), "one", "two");
    assertThat(there.close().toString())
        .contains("\"failure\":\"late\"", "\"the source (one) lacks fact/x: state x")
        .contains("expected: Both have x; found: the source (one) lacks fact/x: state x");
    assertThat(JSON.readTree(there.toBytes()))
        .isEqualTo(JSON.readTree(VerdictJson.toJson(verdict.on("one", "two"))));
  }

  @Test
  void aRankIsWrittenWhereThereIsOne() throws Exception {
    Rank rank = new Rank(Long.MAX_VALUE, true, 0, 3);
    JsonBytes json = new JsonBytes().open();
    Verdict compatible = new Verdict(Outcome.COMPATIBLE, List.of(), List.of(), List.of());
    WrittenVerdict.FORM.of(compatible, Optional.of(rank)).writeRank(json);
    assertThat(json.close().toString())
        .isEqualTo(
            "{\"rank\":{\"minorDistance\":9223372036854775807,\"bugfixLower\":true,"
                + "\"bugfixDistance\":0,\"burdens\":3}}");
    JsonBytes none = new JsonBytes().open();
    WrittenVerdict.FORM.of(verdict("y"), Optional.empty()).writeRank(none);
    WrittenVerdict.FORM.of(verdict("x"), Optional.of(rank)).writeRank(none);
    assertThat(none.close().toString()).as("no").isEqualTo("{\"rank\":null,\"rank\":null}");
  }

  private static Verdict verdict(String text) {
    Reason judged =
        new Reason.Failed(
            FixedRule.DEVICE_API,
            FacetId.TYPE_ATTRIBUTES,
            Optional.of(text),
            Optional.of(text),
            Optional.empty(),
            text);
    Reason unjudged =
        new Reason.Unjudged(
            FixedRule.NO_MIGRATION_INTERFACE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(text),
            State.MALFORMED,
            "detail " + text);
    return new Verdict(
        Outcome.INCOMPATIBLE,
        List.of(judged, unjudged),
        List.of(new Obligation("aggregator", Optional.empty())),
        List.of(
            new Warning(FixedRule.CLAIM_WOULD_FAIL, Optional.of(text), text),
            new Warning(FixedRule.VENDOR, Optional.empty(), "")));
  }
}
