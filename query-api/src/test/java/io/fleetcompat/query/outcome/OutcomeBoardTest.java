package io.fleetcompat.query.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import io.fleetcompat.schemas.avro.PredictionBasis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeBoardTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final List<MigrationResult> RESULTS = List.of(MigrationResult.values());
  private static final List<String> RULES = List.of("device-api", "p/a", "p/b", "q/a");

  private final FilledOutcomes outcomes = new FilledOutcomes(CLOCK);

  @AfterEach
  void close() {
    outcomes.close();
  }

  private static MigrationOutcome yes(MigrationResult result) {
    return OutcomeSamples.of(
        PredictedVerdict.COMPATIBLE, result, false, List.of(), List.of(), List.of("p/a"));
  }

  private static MigrationOutcome no(MigrationResult result) {
    return OutcomeSamples.of(
        PredictedVerdict.INCOMPATIBLE, result, false, List.of("p/a"), List.of(), List.of("p/b"));
  }

  private void add(String id, MigrationOutcome outcome) {
    outcomes.add(id, outcome, NOW.toEpochMilli());
  }

  @Test
  void aWrongYesIsAFindingWithBothProfiles() {
    add("1", yes(MigrationResult.SUCCEEDED));
    add("2", yes(MigrationResult.FAILED));
    OutcomeSummary summary = outcomes.board().summary();
    assertThat(summary.index().precision()).hasValue(0.5);
    assertThat(summary.index().recall()).hasValue(1);
    assertThat(summary.wrong()).isEqualTo(1);
    OutcomeFinding finding = summary.findings().getFirst();
    assertThat(finding.truth()).isEqualTo(Truth.WRONG);
    assertThat(finding.sourceContent()).contains(OutcomeSamples.content(1));
    assertThat(finding.destinationContent()).contains(OutcomeSamples.content(2));
    assertThat(finding.examples()).extracting(KeptOutcome::id).containsExactly("2");
    assertThat(finding.succeeded()).isEqualTo(1);
    assertThat(summary.rules().get("p/a")).isEqualTo(new Accuracy(0, 0, 1, 1));
  }

  @Test
  void aWrongNoCountsAgainstTheRuleThatSaidIt() {
    add("1", no(MigrationResult.SUCCEEDED));
    add("2", no(MigrationResult.REFUSED));
    add("3", no(MigrationResult.FAILED));
    OutcomeSummary summary = outcomes.board().summary();
    assertThat(summary.rules().getOrDefault("p/a", Accuracy.NONE).precision().orElseThrow())
        .isCloseTo(2 / 3.0, within(1e-9));
    assertThat(summary.rules().getOrDefault("p/b", Accuracy.NONE).recall()).hasValue(0);
    assertThat(summary.packs().get("p")).isEqualTo(new Accuracy(2, 1, 0, 0));
    assertThat(summary.findings())
        .singleElement()
        .extracting(OutcomeFinding::against)
        .isEqualTo(1L);
  }

  @Test
  void whatHasAnotherCauseOrNoPredictionSaysNothing() {
    add(
        "1",
        OutcomeSamples.of(
            PredictedVerdict.COMPATIBLE,
            MigrationResult.FAILED,
            true,
            List.of(),
            List.of(),
            List.of("p/a")));
    add("2", OutcomeSamples.unpredicted(MigrationResult.FAILED));
    OutcomeSummary summary = outcomes.board().summary();
    assertThat(summary.index()).isEqualTo(Accuracy.NONE);
    assertThat(summary.findings()).isEmpty();
    assertThat(summary.counts()).hasSize(2);
  }

  @Test
  void anOutcomeThatIsToldAgainReplacesItself() {
    add("1", yes(MigrationResult.FAILED));
    add("1", yes(MigrationResult.SUCCEEDED));
    assertThat(outcomes.board().summary().wrong()).isZero();
    assertThat(outcomes.board().size()).isEqualTo(1);
    outcomes.add("1", (byte[]) null, NOW.toEpochMilli());
    assertThat(outcomes.board().size()).isZero();
  }

  @Test
  void whatIsOlderThanTheTopicKeepsItDoesNotCount() {
    long old = NOW.minus(Topics.OUTCOMES_KEPT).toEpochMilli();
    outcomes.add("1", yes(MigrationResult.FAILED), old - 1);
    outcomes.add("2", yes(MigrationResult.SUCCEEDED), old);
    assertThat(outcomes.board().summary().counts())
        .singleElement()
        .extracting(OutcomeCount::result)
        .isEqualTo(MigrationResult.SUCCEEDED);
    assertThat(outcomes.board().summary(NOW).counts()).isEmpty();
  }

  @Test
  void onlyTheNewestAreKeptAndThatIsSaid() {
    try (FilledOutcomes few =
        new FilledOutcomes(CLOCK, new OutcomeBounds(2, Long.MAX_VALUE, Long.MAX_VALUE))) {
      few.add("1", yes(MigrationResult.FAILED), NOW.toEpochMilli() - 2);
      few.add("2", yes(MigrationResult.FAILED), NOW.toEpochMilli() - 1);
      assertThat(few.board().summary().complete()).isTrue();
      few.add("3", yes(MigrationResult.FAILED), NOW.toEpochMilli());
      assertThat(few.board().summary().complete()).isFalse();
      assertThat(few.board().summary(NOW.minusMillis(1)).complete()).isTrue();
      assertThat(few.board().find("1")).isEmpty();
      assertThat(few.board().find("2")).isPresent();
    }
  }

  @Test
  void memoryIsBounded() {
    long most = 100_000;
    try (FilledOutcomes few =
        new FilledOutcomes(CLOCK, new OutcomeBounds(Integer.MAX_VALUE, most, 1000))) {
      for (int i = 0; i < 1000; i++) {
        few.add(
            "id-" + i,
            OutcomeSamples.of(
                i,
                i + 1,
                PredictedVerdict.COMPATIBLE,
                MigrationResult.FAILED,
                false,
                List.of(),
                List.of(),
                List.of()),
            NOW.toEpochMilli());
      }
      assertThat(few.board().size()).isLessThan(1000).isGreaterThan(10);
      assertThat(few.board().content(OutcomeSamples.fingerprint(1000))).isPresent();
      assertThat(few.board().content(OutcomeSamples.fingerprint(1))).isEmpty();
      assertThat(few.board().summary().findings()).isNotEmpty();
    }
  }

  @Test
  void aContentOfAnotherProfileIsRefused() {
    MigrationOutcome good = yes(MigrationResult.FAILED);
    OutcomePrediction other =
        OutcomePrediction.newBuilder(good.getPrediction())
            .setDestinationContent(OutcomeSamples.bytes(3))
            .build();
    add("1", MigrationOutcome.newBuilder(good).setPrediction(other).build());
    outcomes.add("2", new byte[] {1, 2, 3}, NOW.toEpochMilli());
    outcomes.add("../3", Codecs.OUTCOME.encode(good), NOW.toEpochMilli());
    add("4", good);
    assertThat(outcomes.board().rejected().count()).isEqualTo(3);
    assertThat(outcomes.board().size()).isEqualTo(1);
  }

  @Test
  void aContentThatIsNoProfileIsNotKeptAndTheOutcomeCounts() {
    String bad = "x";
    MigrationOutcome good = yes(MigrationResult.FAILED);
    OutcomePrediction hostile =
        OutcomePrediction.newBuilder(good.getPrediction())
            .setSourceProfile(Fingerprint.of(bad).toString())
            .setSourceContent(ByteBuffer.wrap(bad.getBytes(StandardCharsets.UTF_8)))
            .build();
    add("1", MigrationOutcome.newBuilder(good).setPrediction(hostile).build());
    OutcomeFinding finding = outcomes.board().summary().findings().getFirst();
    assertThat(finding.sourceContent()).isEmpty();
    assertThat(finding.destinationContent()).isPresent();
  }

  @Test
  void allWrongOnesCountHoweverManyPairsThereAre() {
    for (int i = 0; i < 1100; i++) {
      add(
          "id-" + i,
          OutcomeSamples.of(
              i,
              i + 1,
              PredictedVerdict.COMPATIBLE,
              MigrationResult.FAILED,
              false,
              List.of(),
              List.of(),
              List.of()));
    }
    OutcomeSummary summary = outcomes.board().summary();
    assertThat(summary.wrong()).isEqualTo(1100);
    assertThat(summary.allFindings()).isEqualTo(1100);
    assertThat(summary.findings()).hasSize(OutcomeTally.MOST_FINDINGS);
  }

  @Test
  void listsOfRulesThatNobodyElseHasCountAsMemory() {
    try (FilledOutcomes few =
        new FilledOutcomes(CLOCK, new OutcomeBounds(Integer.MAX_VALUE, 1 << 20, 1000))) {
      for (int i = 0; i < 100; i++) {
        String name = "p/%03d".formatted(i);
        List<String> rules =
            IntStream.range(0, 1000).mapToObj(n -> name + "-%03d".formatted(n)).toList();
        few.add(
            "id-" + i,
            OutcomeSamples.of(
                PredictedVerdict.INCOMPATIBLE,
                MigrationResult.FAILED,
                false,
                rules,
                List.of(),
                List.of()),
            NOW.toEpochMilli());
      }
      assertThat(few.board().rejected().count()).isZero();
      assertThat(few.board().size()).isBetween(1, 20);
      assertThat(few.board().summary().rules()).hasSizeLessThanOrEqualTo(OutcomeTally.MOST_RULES);
    }
  }

  @Test
  void aReportThatIsToldAgainKeepsWhatWasAnsweredFirst() {
    MigrationOutcome first = no(MigrationResult.SUCCEEDED);
    add("1", first);
    add("1", OutcomeSamples.unpredicted(MigrationResult.SUCCEEDED));
    assertThat(outcomes.board().summary().wrong()).isEqualTo(1);
    OutcomePrediction late =
        OutcomePrediction.newBuilder(yes(MigrationResult.SUCCEEDED).getPrediction())
            .setBasis(PredictionBasis.INDEX_OF_REPORT)
            .build();
    add("1", MigrationOutcome.newBuilder(first).setPrediction(late).build());
    assertThat(outcomes.board().summary().wrong()).as("made later").isEqualTo(1);
    OutcomePrediction ofThen =
        OutcomePrediction.newBuilder(late).setBasis(PredictionBasis.INDEX_OF_THEN).build();
    add("1", MigrationOutcome.newBuilder(first).setPrediction(ofThen).build());
    assertThat(outcomes.board().summary().wrong()).as("made of then").isZero();
    assertThat(outcomes.board().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void countsEqualThoseOfANaiveCount(long seed) {
    Random random = new Random(seed);
    Map<String, MigrationOutcome> last = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      String id = "id-" + random.nextInt(200);
      MigrationOutcome outcome = random(random);
      last.merge(id, outcome, OutcomeBoardTest::toldAgain);
      add(id, outcome);
    }
    OutcomeSummary summary = outcomes.board().summary();
    for (String rule : RULES) {
      assertThat(summary.rules().getOrDefault(rule, Accuracy.NONE))
          .as("seed %d, rule %s", seed, rule)
          .isEqualTo(naive(last, told -> told.contains(rule)));
    }
    for (String pack : List.of("p", "q")) {
      assertThat(summary.packs().getOrDefault(pack, Accuracy.NONE))
          .as("seed %d, pack %s", seed, pack)
          .isEqualTo(
              naive(last, told -> told.stream().anyMatch(rule -> rule.startsWith(pack + "/"))));
    }
    long all = summary.counts().stream().mapToLong(OutcomeCount::outcomes).sum();
    assertThat(all).isEqualTo(last.size());
    assertThat(summary.wrong())
        .isEqualTo(last.values().stream().filter(o -> Truth.of(o) == Truth.WRONG).count());
  }

  /** A prediction that was made stays where there is no other. */
  private static MigrationOutcome toldAgain(MigrationOutcome before, MigrationOutcome now) {
    return now.getPrediction() != null || before.getPrediction() == null
        ? now
        : MigrationOutcome.newBuilder(now)
            .setUnpredicted(null)
            .setPrediction(before.getPrediction())
            .build();
  }

  /** The lists of rules in which somebody is. */
  private interface Among {
    boolean test(List<String> rules);
  }

  private static Accuracy naive(Map<String, MigrationOutcome> all, Among among) {
    long[] counts = new long[4];
    for (MigrationOutcome outcome : all.values()) {
      OutcomePrediction told = outcome.getPrediction();
      if (told == null || outcome.getOtherCause()) {
        continue;
      }
      boolean said = among.test(told.getForbidding());
      boolean asked = said || among.test(told.getUndecided()) || among.test(told.getSatisfied());
      boolean failed = outcome.getResult() != MigrationResult.SUCCEEDED;
      if (asked) {
        counts[(said ? 0 : 2) + (failed ? 0 : 1)]++;
      }
    }
    return new Accuracy(counts[0], counts[1], counts[2], counts[3]);
  }

  private static MigrationOutcome random(Random random) {
    MigrationResult result = RESULTS.get(random.nextInt(RESULTS.size()));
    if (random.nextInt(8) == 0) {
      return OutcomeSamples.unpredicted(result);
    }
    List<List<String>> parts = Stream.<List<String>>generate(ArrayList::new).limit(4).toList();
    RULES.forEach(rule -> parts.get(random.nextInt(4)).add(rule));
    PredictedVerdict verdict =
        !parts.get(0).isEmpty()
            ? PredictedVerdict.INCOMPATIBLE
            : parts.get(1).isEmpty() ? PredictedVerdict.COMPATIBLE : PredictedVerdict.UNKNOWN;
    return OutcomeSamples.of(
        random.nextInt(4),
        random.nextInt(4),
        verdict,
        result,
        result != MigrationResult.SUCCEEDED && random.nextInt(5) == 0,
        parts.get(0),
        parts.get(1),
        parts.get(2));
  }
}
