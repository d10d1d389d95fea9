package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.verify.Mismatch.Pair;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.NaiveJudge;
import io.fleetcompat.oracle.NaiveVerdict;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker of the fault suite finds the mistakes that it is there to find, and no others. */
class OracleAskerTest {

  private static final int HOSTS = 3;
  private static final long SEED = 20261127;
  private static final Duration ALWAYS = Duration.ofHours(1);
  private static final int MOST_CHANGES = 500;
  private static final NaiveVerdict YES = verdict(Outcome.COMPATIBLE);
  private static final NaiveVerdict UNKNOWN = verdict(Outcome.UNKNOWN);

  @TempDir Path directory;

  private final Expectations expectations = new Expectations(new NaiveJudge(Set.of()));
  private final Map<String, NaiveVerdict> told = new ConcurrentHashMap<>();
  private FleetHistory history;

  private static NaiveVerdict verdict(Outcome outcome) {
    return new NaiveVerdict(outcome, new TreeSet<>(), new TreeMap<>(), new TreeSet<>());
  }

  @BeforeEach
  void tellTheTruth() throws Exception {
    history = new FleetHistory(SimulatedFleet.open(directory, HOSTS, SEED), expectations);
    told.putAll(truth());
  }

  @Test
  void anApiThatIsRightIsCalledRight() throws Exception {
    try (ToldApi api = api();
        OracleAsker asker = asker(api, Duration.ZERO)) {
      Await.until("it to be right", () -> asker.trueSince().isPresent());
      assertThat(asker.difference()).isEmpty();
      assertThat(asker.wrong()).isEmpty();
      assertThat(asker.count("COMPATIBLE")).isPositive();
    }
  }

  @Test
  void oneYesThatIsWrongIsReportedWithItsPair() throws Exception {
    String no = pairs(Outcome.INCOMPATIBLE).iterator().next();
    assertOneWrong(no, "expected INCOMPATIBLE");
  }

  @Test
  void aYesWhereNobodyCanKnowIsWrong() throws Exception {
    assertOneWrong(pairs(Outcome.UNKNOWN).iterator().next(), "expected UNKNOWN");
  }

  private void assertOneWrong(String pair, String expected) throws Exception {
    told.put(pair, YES);
    try (ToldApi api = api();
        OracleAsker asker = asker(api, ALWAYS)) {
      Await.until("it to be told", () -> !asker.wrong().isEmpty());
      assertThat(asker.wrong())
          .allSatisfy(one -> assertThat(one).contains(pair, expected, "found COMPATIBLE"));
      assertThat(asker.trueSince()).isEmpty();
    }
  }

  @Test
  void whatIsNotKnownIsNeverWrongAndNotYetRight() throws Exception {
    told.replaceAll((_, _) -> UNKNOWN);
    try (ToldApi api = api();
        OracleAsker asker = asker(api, Duration.ZERO)) {
      Await.until("a round", () -> asker.difference().contains("found UNKNOWN"));
      assertThat(asker.wrong()).isEmpty();
      assertThat(asker.trueSince()).isEmpty();
    }
  }

  @Test
  void aYesThatIsNoLongerRightIsWrongWhenItsTimeIsOver() throws Exception {
    Set<String> before = pairs(Outcome.COMPATIBLE);
    for (int change = 0; before.stream().noneMatch(this::isDenied); change++) {
      assertThat(change).as("changes until a yes ends, seed " + SEED).isLessThan(MOST_CHANGES);
      history.change();
    }
    try (ToldApi api = api();
        OracleAsker patient = asker(api, ALWAYS);
        OracleAsker strict = asker(api, Duration.ZERO)) {
      Await.until("it to be wrong", () -> !strict.wrong().isEmpty());
      Await.until("a round", () -> patient.difference().contains("expected"));
      assertThat(patient.wrong()).isEmpty();
    }
  }

  @Test
  void anApiThatForgetsHowFarBehindItMayBeIsWrong() throws Exception {
    told.put(pairs(Outcome.INCOMPATIBLE).iterator().next(), YES);
    try (ToldApi heeds = new ToldApi(this::sayWhatIsNotBehind);
        ToldApi forgets = api();
        OracleAsker right = asker(heeds, "max-behind=0", Duration.ZERO);
        OracleAsker wrong = asker(forgets, "max-behind=0", Duration.ZERO);
        OracleAsker notStrict = asker(heeds, "", Duration.ZERO)) {
      Await.until(
          "both to be told", () -> !wrong.wrong().isEmpty() && !notStrict.wrong().isEmpty());
      Await.until("a round", () -> right.difference().contains("found UNKNOWN"));
      assertThat(right.wrong()).isEmpty();
    }
  }

  private NaiveVerdict sayWhatIsNotBehind(String query, String source, String destination) {
    return query.contains("max-behind=0") ? UNKNOWN : say(source, destination);
  }

  @Test
  void aHostThatCannotBeReadNeedsNoAnswerAndMustHaveNoYes() throws Exception {
    String yes = pairs(Outcome.COMPATIBLE).iterator().next();
    String host = yes.substring(0, yes.indexOf('/'));
    history.lose(host, () -> {});
    try (ToldApi api = api();
        OracleAsker patient = asker(api, ALWAYS);
        OracleAsker strict = asker(api, Duration.ZERO)) {
      Await.until("it to be wrong", () -> !strict.wrong().isEmpty());
      Await.until("a difference", () -> patient.difference().contains("cannot be read"));
      assertThat(patient.wrong()).isEmpty();

      told.replaceAll((pair, verdict) -> pair.contains(host + "/") ? UNKNOWN : verdict);
      Await.until("it to be right", () -> patient.trueSince().isPresent());

      history.heal(host, () -> {});
      Await.until("a difference", () -> patient.difference().contains("found UNKNOWN"));
    }
  }

  private boolean isDenied(String pair) {
    NaiveVerdict now = truth().get(pair);
    return now != null && now.outcome() != Outcome.COMPATIBLE;
  }

  private ToldApi api() throws Exception {
    return new ToldApi((_, source, destination) -> say(source, destination));
  }

  private NaiveVerdict say(String source, String destination) {
    return told.getOrDefault(source + " to " + destination, UNKNOWN);
  }

  private OracleAsker asker(ToldApi api, Duration window) {
    return asker(api, "", window);
  }

  private OracleAsker asker(ToldApi api, String query, Duration window) {
    return new OracleAsker("told", api.base(), query, history, expectations, window);
  }

  private Set<String> pairs(Outcome outcome) {
    Set<String> pairs = new TreeSet<>();
    told.forEach(
        (pair, verdict) -> {
          if (verdict.outcome() == outcome) {
            pairs.add(pair);
          }
        });
    assertThat(pairs).as("pairs that are %s, seed %d", outcome, SEED).isNotEmpty();
    return pairs;
  }

  /** The oracle's verdicts of all pairs now. */
  private Map<String, NaiveVerdict> truth() {
    return history.pairs().all().stream()
        .filter(pair -> history.now(pair).isPresent())
        .collect(Collectors.toMap(OracleAskerTest::words, this::judge));
  }

  private NaiveVerdict judge(Pair pair) {
    FleetHistory.Sides sides = history.now(pair).orElseThrow();
    return expectations.verdict(sides.source(), sides.destination(), Set.of());
  }

  private static String words(Pair pair) {
    return pair.source() + " to " + pair.destination();
  }
}
