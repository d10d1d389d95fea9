package io.fleetcompat.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.audit.PoolDifference.Difference;
import io.fleetcompat.query.audit.PoolDifference.Named;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two views compared say what comparing every endpoint with every host says. */
class ViewDifferenceTest {

  private static final int HOSTS = 12;
  private static final int PROFILES = 24;
  private static final int POOLS = 3;

  private final IndexedFleet fleet = new IndexedFleet(3, 3, PROFILES, POOLS);
  private final IndexedFleet mutual =
      new IndexedFleet(3, 3, PROFILES, POOLS, Set.of(Policy.MUTUAL));
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);

  /** The fleet as it is: placements by host, and the rules that count. */
  private record State(Map<String, Placement> placements, IndexedFleet rules) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theDifferenceIsThatOfAllPairs(long seed) throws BadRecordException {
    Random random = new Random(seed);
    ViewEdit edit = new ViewEdit(IndexView.empty());
    for (int n = 0; n < PROFILES; n++) {
      edit.replay(
          IndexChange.profile(fleet.profiles().get(n).fingerprint(), fleet.profileRecord(n)));
    }
    for (IndexedFleet set : List.of(fleet, mutual)) {
      edit.replay(IndexChange.rules(set.rules(), set.rulesRecord()));
      for (int n = 0; n < PROFILES; n++) {
        edit.replay(
            IndexChange.row(set.rules(), fleet.profiles().get(n).fingerprint(), set.row(n)));
      }
      edit.replay(IndexChange.generation(set.rules(), set.generation(PROFILES)));
    }
    State before = step(edit, new State(Map.of(), fleet), random, HOSTS);
    Snapshot first = new Snapshot(edit.commit(), 1, 1000, 0, true);
    State after = step(edit, before, random, 1 + random.nextInt(HOSTS));
    Snapshot second = new Snapshot(edit.commit(), 2, 2000, 0, true);
    List<String> found =
        ViewDifference.between(first, second, Optional.empty(), Set.of(), verdicts, () -> {})
            .pools()
            .stream()
            .map(PoolDifference::toString)
            .sorted()
            .toList();
    assertThat(found).as("seed %d", seed).isEqualTo(naive(before, after));
    assertThat(
            ViewDifference.between(second, second, Optional.empty(), Set.of(), verdicts, () -> {})
                .pools())
        .isEmpty();
  }

  private State step(ViewEdit edit, State state, Random random, int hosts)
      throws BadRecordException {
    Map<String, Placement> placements = new HashMap<>(state.placements());
    for (int i = 0; i < hosts; i++) {
      int n = random.nextInt(HOSTS);
      String host = IndexedFleet.host(n);
      if (random.nextInt(8) == 0) {
        placements.remove(host);
        edit.replay(new IndexChange.HostUnplaced(host));
      } else {
        Placement placement =
            Placement.newBuilder(fleet.placement(n, random.nextInt(5)))
                .setLiveness(random.nextInt(6) == 0 ? Liveness.STALE : Liveness.FRESH)
                .setLabels(Map.of("pool", "pool-" + random.nextInt(POOLS)))
                .build();
        placements.put(host, placement);
        edit.replay(IndexChange.placed(host, placement));
      }
    }
    IndexedFleet rules = random.nextInt(3) == 0 ? mutual : fleet;
    edit.replay(IndexChange.inForce(rules.inForce()));
    return new State(placements, rules);
  }

  private List<String> naive(State before, State after) {
    List<String> lines = new ArrayList<>();
    for (int pool = 0; pool < POOLS; pool++) {
      String name = "pool-" + pool;
      Set<String> had = hosts(before, name);
      Set<String> has = hosts(after, name);
      TreeSet<String> appeared = new TreeSet<>(has);
      appeared.removeAll(had);
      TreeSet<String> gone = new TreeSet<>(had);
      gone.removeAll(has);
      PoolDifference difference =
          new PoolDifference(
              name,
              named(List.copyOf(appeared)),
              named(List.copyOf(gone)),
              new Difference(0, 0, 0, 0, 0, 0, named(List.of()), named(List.of())),
              types(ways(before, had), ways(after, has)));
      if (!difference.isNone()) {
        lines.add(difference.toString());
      }
    }
    return lines.stream().sorted().toList();
  }

  private static Set<String> hosts(State state, String pool) {
    TreeSet<String> hosts = new TreeSet<>();
    state
        .placements()
        .forEach(
            (host, placement) -> {
              if (placement.getLiveness() == Liveness.FRESH
                  && pool.equals(placement.getLabels().get("pool"))) {
                hosts.add(host);
              }
            });
    return hosts;
  }

  /** The hosts that each endpoint can go to. */
  private Map<String, Set<String>> ways(State state, Set<String> hosts) {
    TreeMap<String, Set<String>> ways = new TreeMap<>();
    for (String host : hosts) {
      for (PlacedEndpoint endpoint : placement(state, host).getEndpoints()) {
        Set<String> to = new TreeSet<>();
        for (String other : hosts) {
          boolean goes =
              placement(state, other).getEndpoints().stream()
                  .anyMatch(
                      there ->
                          state
                                  .rules()
                                  .judge()
                                  .outcome(
                                      profile(placement(state, host), endpoint),
                                      profile(placement(state, other), there))
                              == Outcome.COMPATIBLE);
          if (goes && !other.equals(host)) {
            to.add(other);
          }
        }
        ways.put(host + "/" + endpoint.getName(), to);
      }
    }
    return ways;
  }

  private static Placement placement(State state, String host) {
    return Objects.requireNonNull(state.placements().get(host));
  }

  private Profile profile(Placement placement, PlacedEndpoint endpoint) {
    byte[] id = placement.getProfiles().get(endpoint.getProfile()).bytes();
    return fleet.profiles().stream()
        .filter(profile -> Arrays.equals(profile.fingerprint().bytes(), id))
        .findFirst()
        .orElseThrow();
  }

  private static Named named(List<String> names) {
    return new Named(names.size(), names);
  }

  private static Difference types(Map<String, Set<String>> before, Map<String, Set<String>> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    long gained = 0;
    long lost = 0;
    List<String> newly = new ArrayList<>();
    List<String> freed = new ArrayList<>();
    for (String name : names) {
      Set<String> had = before.getOrDefault(name, Set.of());
      Set<String> has = after.getOrDefault(name, Set.of());
      gained += has.stream().filter(host -> !had.contains(host)).count();
      lost += had.stream().filter(host -> !has.contains(host)).count();
      boolean was = before.containsKey(name) && had.isEmpty();
      boolean is = after.containsKey(name) && has.isEmpty();
      if (is && !was && before.containsKey(name)) {
        newly.add(name);
      } else if (was && after.containsKey(name) && !is) {
        freed.add(name);
      }
    }
    return new Difference(
        before.size(),
        after.size(),
        gained,
        lost,
        before.values().stream().filter(Set::isEmpty).count(),
        after.values().stream().filter(Set::isEmpty).count(),
        named(newly),
        named(freed));
  }

  @Test
  void ofAPoolThatNobodyKnowsThereIsNone() {
    Snapshot empty = new Snapshot(IndexView.empty(), 1, 1000, 0, true);
    assertThat(
            ViewDifference.between(
                    empty, empty, Optional.of(List.of("none")), Set.of(), verdicts, () -> {})
                .pools())
        .isEmpty();
  }
}
