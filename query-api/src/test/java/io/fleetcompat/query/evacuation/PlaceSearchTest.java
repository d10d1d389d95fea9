package io.fleetcompat.query.evacuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.query.evacuation.PlaceProblem.Place;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.evacuation.PlaceSearch.Shortage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search finds as many places as trying everything does, and its proofs hold. */
class PlaceSearchTest {

  private static final int PROBLEMS = 3000;

  @Test
  void asManyAreFoundAsByTryingEverything() {
    int cardsDecided = 0;
    int scarce = 0;
    for (int seed = 0; seed < PROBLEMS; seed++) {
      PlaceProblem problem = problem(new Random(seed));
      PlaceSearch.Result found = PlaceSearch.of(problem, () -> {});
      int most = Exhaustive.most(problem, true);
      int mostOfAnyTypes = Exhaustive.most(problem, false);
      assertThat(found.placed()).as("seed %d: %s", seed, problem).isEqualTo(most);
      assertThat(found.atMost()).as("seed %d: %s", seed, problem).isEqualTo(mostOfAnyTypes);
      assertThat(found.exhausted()).as("seed %d", seed).isTrue();
      requireKept(problem, found.chosen(), found.placed(), seed);
      assertThat(found.shortage().isPresent())
          .as("seed %d", seed)
          .isEqualTo(mostOfAnyTypes < problem.devices());
      found.shortage().ifPresent(shortage -> requireProof(problem, shortage));
      cardsDecided += most < mostOfAnyTypes ? 1 : 0;
      scarce += found.shortage().isPresent() ? 1 : 0;
    }
    assertThat(cardsDecided).as("problems that cards decide").isGreaterThan(PROBLEMS / 20);
    assertThat(scarce).as("problems without enough room").isGreaterThan(PROBLEMS / 10);
  }

  @Test
  void placesForAllAreFoundExactlyWhereTryingEverythingFindsSome() {
    int cardsDecided = 0;
    int possible = 0;
    for (int seed = 0; seed < PROBLEMS; seed++) {
      PlaceProblem problem = withAlike(problem(new Random(seed)), new Random(seed));
      PlaceSearch.Result found = PlaceSearch.ofAll(problem, () -> {});
      boolean is = Exhaustive.most(problem, true) == problem.devices();
      boolean anyTypes = Exhaustive.most(problem, false) == problem.devices();
      assertThat(CardDecision.of(problem))
          .as("seed %d: %s", seed, problem)
          .isEqualTo(is ? CardDecision.Answer.POSSIBLE : CardDecision.Answer.IMPOSSIBLE);
      assertThat(found.placed() == problem.devices())
          .as("seed %d: %s", seed, problem)
          .isEqualTo(is);
      assertThat(found.exhausted()).as("seed %d", seed).isTrue();
      assertThat(found.shortage().isPresent()).as("seed %d", seed).isEqualTo(!anyTypes);
      requireKept(problem, found.chosen(), found.placed(), seed);
      cardsDecided += anyTypes && !is ? 1 : 0;
      possible += is ? 1 : 0;
    }
    assertThat(cardsDecided).as("problems that cards decide").isGreaterThan(PROBLEMS / 40);
    assertThat(possible).as("problems with places for all").isGreaterThan(PROBLEMS / 10);
  }

  @Test
  void manyDevicesOfManyKindsAreNotDecided() {
    List<List<Wish>> wishes = new ArrayList<>();
    for (int device = 0; device < 20; device++) {
      wishes.add(new ArrayList<>(List.of(new Wish(0, 0))));
    }
    assertThat(CardDecision.of(new PlaceProblem(List.of(new Place(20, 0)), wishes)))
        .isEqualTo(CardDecision.Answer.UNDECIDED);
  }

  /** Some devices may take the same places as the first. */
  private static PlaceProblem withAlike(PlaceProblem problem, Random random) {
    List<List<Wish>> wishes = new ArrayList<>();
    for (int device = 0; device < problem.devices(); device++) {
      wishes.add(problem.wishes(random.nextBoolean() ? 0 : device));
    }
    return new PlaceProblem(problem.places(), wishes);
  }

  private static PlaceProblem problem(Random random) {
    List<Place> places = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      places.add(new Place(1 + random.nextInt(3), random.nextInt(count)));
    }
    List<List<Wish>> wishes = new ArrayList<>();
    int devices = 1 + random.nextInt(6);
    for (int device = 0; device < devices; device++) {
      List<Wish> of = new ArrayList<>();
      for (int place = 0; place < count; place++) {
        if (random.nextInt(3) == 0) {
          of.add(new Wish(place, random.nextInt(5)));
        }
      }
      wishes.add(of);
    }
    return new PlaceProblem(places, wishes);
  }

  private static void requireKept(PlaceProblem problem, int[] chosen, int placed, int seed) {
    Map<Integer, Integer> takers = new HashMap<>();
    Map<Integer, Integer> placeOfCard = new HashMap<>();
    int count = 0;
    for (int device = 0; device < chosen.length; device++) {
      int place = chosen[device];
      if (place != PlaceSearch.NOWHERE) {
        count++;
        assertThat(problem.wishes(device)).anyMatch(wish -> wish.place() == place);
        assertThat(takers.merge(place, 1, Integer::sum))
            .isLessThanOrEqualTo(problem.places().get(place).room());
        Integer other = placeOfCard.putIfAbsent(problem.places().get(place).card(), place);
        assertThat(other == null || other == place).as("seed %d: one type a card", seed).isTrue();
      }
    }
    assertThat(count).isEqualTo(placed);
  }

  /** All that these devices may take are these places, whose room is one less. */
  private static void requireProof(PlaceProblem problem, Shortage shortage) {
    BitSet wanted = new BitSet();
    shortage.devices().stream()
        .forEach(d -> problem.wishes(d).forEach(wish -> wanted.set(wish.place())));
    assertThat(wanted).isEqualTo(shortage.places());
    int room = shortage.places().stream().map(p -> problem.places().get(p).room()).sum();
    assertThat(shortage.devices().cardinality()).isEqualTo(room + 1);
  }

  @Test
  void theDevicesThatHavePlacesHaveTheCheapestOnes() {
    for (int seed = 0; seed < PROBLEMS; seed++) {
      PlaceProblem problem = problem(new Random(seed));
      PlaceFlow flow = PlaceFlow.of(problem, new BitSet(), () -> {});
      assertThat(cost(problem, flow.chosen()))
          .as("seed %d: %s", seed, problem)
          .isEqualTo(Exhaustive.leastCost(problem, flow.chosen()));
    }
  }

  private static long cost(PlaceProblem problem, int[] chosen) {
    long cost = 0;
    for (int device = 0; device < chosen.length; device++) {
      cost += chosen[device] == PlaceSearch.NOWHERE ? 0 : problem.cost(device, chosen[device]);
    }
    return cost;
  }

  @Test
  void aSearchEndsAtItsBoundWithAnAnswer() {
    // Every card offers two types, each device may take one type of every card: pairs of classes.
    Random random = new Random(7);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      places.add(new Place(1 + i % 3, i / 3));
    }
    List<List<Wish>> wishes = new ArrayList<>();
    for (int device = 0; device < 40; device++) {
      List<Wish> of = new ArrayList<>();
      for (int place = 0; place < places.size(); place++) {
        if (random.nextInt(4) == 0) {
          of.add(new Wish(place, random.nextInt(9)));
        }
      }
      wishes.add(of);
    }
    PlaceProblem problem = new PlaceProblem(places, wishes);
    PlaceSearch.Result found = PlaceSearch.of(problem, () -> {});
    assertThat(found.flows()).isLessThanOrEqualTo(PlaceSearch.MAX_FLOWS);
    assertThat(found.placed()).isBetween(1, found.atMost());
    requireKept(problem, found.chosen(), found.placed(), 7);
  }

  @Test
  void aSearchEndsWhereItsTimeIsUp() {
    PlaceProblem problem = problem(new Random(1));
    assertThatThrownBy(
            () ->
                PlaceSearch.of(
                    problem,
                    () -> {
                      throw new IllegalStateException("time is up");
                    }))
        .hasMessage("time is up");
  }

  /** Everything tried, one device after the other. */
  private static final class Exhaustive {
    private final PlaceProblem problem;
    private final boolean oneTypeForEachCard;
    private final int[] taken;
    private int most;
    private long leastCost = Long.MAX_VALUE;
    private final Optional<int[]> wanted;

    private Exhaustive(PlaceProblem problem, boolean oneTypeForEachCard, Optional<int[]> wanted) {
      this.problem = problem;
      this.oneTypeForEachCard = oneTypeForEachCard;
      this.taken = new int[problem.places().size()];
      this.wanted = wanted;
    }

    static int most(PlaceProblem problem, boolean oneTypeForEachCard) {
      Exhaustive all = new Exhaustive(problem, oneTypeForEachCard, Optional.empty());
      all.from(0, 0, 0);
      return all.most;
    }

    /** The least cost of places for the devices that have one, and no others. */
    static long leastCost(PlaceProblem problem, int[] chosen) {
      Exhaustive all = new Exhaustive(problem, false, Optional.of(chosen));
      all.from(0, 0, 0);
      return all.leastCost;
    }

    private void from(int device, int placed, long cost) {
      if (device == problem.devices()) {
        most = Math.max(most, placed);
        leastCost = Math.min(leastCost, cost);
        return;
      }
      boolean free = wanted.isEmpty();
      boolean has = !free && wanted.get()[device] != PlaceSearch.NOWHERE;
      if (!has) {
        from(device + 1, placed, cost);
      }
      if (!free && !has) {
        return;
      }
      for (Wish wish : problem.wishes(device)) {
        if (mayTake(wish.place())) {
          taken[wish.place()]++;
          from(device + 1, placed + 1, cost + wish.cost());
          taken[wish.place()]--;
        }
      }
    }

    private boolean mayTake(int place) {
      if (taken[place] >= problem.places().get(place).room()) {
        return false;
      }
      int card = problem.places().get(place).card();
      for (int other = 0; oneTypeForEachCard && other < taken.length; other++) {
        if (other != place && taken[other] > 0 && problem.places().get(other).card() == card) {
          return false;
        }
      }
      return true;
    }
  }
}
