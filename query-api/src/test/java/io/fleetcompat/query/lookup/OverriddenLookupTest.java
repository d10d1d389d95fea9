package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.OverrideScope.Kind;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.Exclusion.ByRule;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexChange.OverrideMade;
import io.fleetcompat.query.replica.IndexChange.OverrideRemoved;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers under overrides are those of looking at every override for every pair. */
class OverriddenLookupTest {

  private static final int HOSTS = 24;
  private static final int PROFILES = 50;
  private static final int POOLS = 3;
  private static final Instant NOW = Instant.EPOCH;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final IndexedFleet fleet = new IndexedFleet(11, 5, PROFILES, POOLS);
  private final Sightings sightings = new PastSightings(NOW.toEpochMilli());
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private final Destinations<WrittenVerdict> destinations = new Destinations<>(verdicts, sightings);
  private final Checks<WrittenVerdict> checks = new Checks<>(verdicts, sightings);
  private final FilledView filled;
  private final List<RuleOverride> overrides = new ArrayList<>();
  private IndexView view;

  OverriddenLookupTest() throws BadRecordException {
    filled = FilledView.of(fleet).withHosts(HOSTS).withCapacities(HOSTS);
    view = filled.view();
  }

  @Test
  void checksAndPagesAreTheBruteForceAnswersWhateverIsAddedAndRemoved() {
    for (int step = 0; step < 12; step++) {
      change(step);
      view = filled.view();
      for (IndexedEndpoint source : places(0, 4)) {
        everyCheckIsRight(source);
        theFilterIsRight(source);
        for (String scope : List.of("fleet", "pool-1")) {
          everyPageIsRight(source, scope, random.nextBoolean());
        }
      }
    }
  }

  /** Pools and profiles, some expired, of rules that differ or do not; now and then one goes. */
  private void change(int step) {
    for (int i = 0; i < 3; i++) {
      RuleOverride added = override("o" + step + "-" + i);
      overrides.add(added);
      filled.with(new OverrideMade(added));
    }
    if (random.nextBoolean()) {
      RuleOverride gone = overrides.remove(random.nextInt(overrides.size()));
      filled.with(new OverrideRemoved(gone.id()));
    }
  }

  private RuleOverride override(String id) {
    boolean pools = random.nextBoolean();
    OverrideScope scope =
        pools
            ? new OverrideScope(
                Kind.POOL, "pool-" + random.nextInt(POOLS), "pool-" + random.nextInt(POOLS))
            : new OverrideScope(Kind.PROFILE, profile(), profile());
    return new RuleOverride(
        id,
        random.nextInt(4) == 0 ? "compatible-values" : "software-version",
        scope,
        "an.operator",
        "tried",
        NOW.minusSeconds(10),
        random.nextInt(4) == 0 ? Optional.of(NOW) : Optional.empty(),
        Optional.empty());
  }

  private String profile() {
    return fleet.profiles().get(random.nextInt(PROFILES)).fingerprint().toString();
  }

  private void everyCheckIsRight(IndexedEndpoint source) {
    for (IndexedEndpoint place : places(0, HOSTS)) {
      Check<WrittenVerdict> check = checks.check(view, source, place);
      Expected expected = expected(source, place);
      assertThat(check.pair().outcome())
          .as("seed %d: %s to %s", seed, source, place)
          .isEqualTo(expected.outcome);
      assertThat(check.pair().overridden()).as("seed %d", seed).isEqualTo(expected.overridden);
      String json = json(check);
      assertThat(json.contains("\"overridden\":[{"))
          .as("seed %d: %s", seed, json)
          .isEqualTo(expected.overridden);
    }
  }

  private void theFilterIsRight(IndexedEndpoint source) {
    NaiveFilter naive = new NaiveFilter(view, verdicts, sightings);
    List<String> names = IntStream.range(0, HOSTS).mapToObj(IndexedFleet::host).toList();
    HostFilter.Result found =
        new HostFilter(verdicts, sightings).find(view, List.of(source), names, Deadline.NONE);
    assertThat(found.others())
        .as("seed %d: %s", seed, source)
        .containsExactlyElementsOf(
            names.stream()
                .flatMap(
                    name ->
                        naive.reason(List.of(source), name).stream()
                            .map(why -> new HostFilter.Other(name, why)))
                .toList());
    assertThat(found.takers()).hasSize(HOSTS - found.others().size());
  }

  private static String json(Check<WrittenVerdict> check) {
    JsonBytes json = new JsonBytes().open();
    check.pair().form().writeMembers(json, Map.of());
    return json.close().toString();
  }

  private void everyPageIsRight(IndexedEndpoint source, String scope, boolean unknown) {
    Scope members =
        scope.equals("fleet") ? Scope.fleet(view) : Pools.scope(view, scope).orElseThrow();
    List<String> found = new ArrayList<>();
    Optional<Cursor> cursor = Optional.empty();
    Page<WrittenVerdict> page;
    do {
      page =
          destinations.find(
              view,
              new DestinationsQuestion(source, members, 7, cursor, false, unknown, false, false),
              Deadline.NONE);
      page.destinations().stream().map(d -> d.endpoint().reference()).forEach(found::add);
      cursor = page.next().map(Cursor::parse);
    } while (cursor.isPresent());
    List<Expected> expected = bruteForce(source, scope, unknown);
    String as = "seed %d: %s, %s, %s".formatted(seed, source, scope, unknown);
    assertThat(found).as(as).isEqualTo(expected.stream().map(e -> e.place.reference()).toList());
    assertThat(page.total()).as(as).isEqualTo(expected.size());
    assertThat(page.excluded()).as(as).isEqualTo(excluded(source, scope, unknown));
  }

  private record Expected(
      IndexedEndpoint place,
      Outcome outcome,
      boolean overridden,
      List<Reason> reasons,
      Rank rank) {}

  private List<Expected> bruteForce(IndexedEndpoint source, String scope, boolean unknown) {
    return inScope(scope).stream()
        .filter(place -> !place.hostName().equals(source.hostName()))
        .map(place -> expected(source, place))
        .filter(e -> e.outcome == Outcome.COMPATIBLE || (unknown && e.outcome == Outcome.UNKNOWN))
        .sorted(
            Comparator.comparing(Expected::outcome)
                .thenComparing(Expected::overridden)
                .thenComparing(Expected::rank)
                .thenComparing(e -> -e.place.capacity())
                .thenComparing(e -> e.place.hostName())
                .thenComparing(e -> e.place.name()))
        .toList();
  }

  private Map<Exclusion, Long> excluded(IndexedEndpoint source, String scope, boolean unknown) {
    Map<Exclusion, Long> excluded = new HashMap<>();
    for (IndexedEndpoint place : inScope(scope)) {
      Expected expected = expected(source, place);
      if (expected.outcome == Outcome.INCOMPATIBLE
          || (expected.outcome == Outcome.UNKNOWN && !unknown)) {
        expected.reasons.stream()
            .map(Reason::rule)
            .distinct()
            .forEach(rule -> excluded.merge(new ByRule(rule), 1L, Long::sum));
      } else if (place.hostName().equals(source.hostName())) {
        excluded.merge(NotByRule.OWN_HOST, 1L, Long::sum);
      }
    }
    return excluded;
  }

  private List<IndexedEndpoint> inScope(String scope) {
    return places(0, HOSTS).stream()
        .filter(p -> scope.equals("fleet") || p.host().placed().pool().equals(Optional.of(scope)))
        .toList();
  }

  private Expected expected(IndexedEndpoint source, IndexedEndpoint place) {
    Profile from = content(source);
    Profile to = content(place);
    Verdict verdict = fleet.judge().judge(from, to);
    List<Reason> left = new ArrayList<>(verdict.reasons());
    left.removeIf(reason -> overrides.stream().anyMatch(o -> turnsOff(o, reason, source, place)));
    Outcome outcome =
        left.isEmpty()
            ? Outcome.COMPATIBLE
            : left.stream().anyMatch(Reason.Failed.class::isInstance)
                ? Outcome.INCOMPATIBLE
                : Outcome.UNKNOWN;
    boolean overridden = left.size() < verdict.reasons().size();
    return new Expected(place, outcome, overridden, left, Rank.of(from, to, verdict));
  }

  private boolean turnsOff(
      RuleOverride override, Reason reason, IndexedEndpoint source, IndexedEndpoint place) {
    boolean counts = override.expires().isEmpty() || override.expires().get().isAfter(NOW);
    boolean inScope =
        override.scope().kind() == Kind.POOL
            ? source.host().placed().pool().equals(Optional.of(override.scope().source()))
                && place.host().placed().pool().equals(Optional.of(override.scope().destination()))
            : content(source).fingerprint().toString().equals(override.scope().source())
                && content(place).fingerprint().toString().equals(override.scope().destination());
    return counts && inScope && override.rule().equals(reason.rule().toString());
  }

  private Profile content(IndexedEndpoint place) {
    return Objects.requireNonNull(view.matrix().profile(place.slot())).profile();
  }

  private List<IndexedEndpoint> places(int from, int to) {
    List<IndexedEndpoint> places = new ArrayList<>();
    for (int number = from; number < to; number++) {
      Host host = Objects.requireNonNull(view.fleet().find(IndexedFleet.host(number)));
      for (int i = 0; i < host.placed().endpoints().size(); i++) {
        places.add(IndexedEndpoint.of(host, i));
      }
    }
    return places;
  }
}
