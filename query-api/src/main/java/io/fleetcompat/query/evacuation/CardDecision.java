package io.fleetcompat.query.evacuation;

import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The decision whether all devices can have places where each card takes devices of one type only.
 * Devices that may take the same places are alike, so what matters is how many of each kind are
 * left: card after card, it follows all such numbers that can be reached. Exact, and quick for few
 * devices, where branch and bound would try the same on each of many like cards. One use.
 */
final class CardDecision {

  /** Most numbers of devices left that are told apart. */
  private static final int MAX_STATES = 1 << 14;

  /** Most steps from one to another. */
  private static final int MAX_STEPS = 1 << 21;

  /** The answer. */
  enum Answer {
    POSSIBLE,
    IMPOSSIBLE,
    /** There are too many devices of too many kinds. */
    UNDECIDED
  }

  private final PlaceProblem problem;

  /** By kind: the number of its devices. */
  private final int[] counts;

  /** By kind: what one device is worth in a number that stands for how many are left of each. */
  private final int[] weights;

  /** By place: the kinds that may take it. */
  private final List<List<Integer>> kindsOf = new ArrayList<>();

  private final long states;
  private long steps;

  private CardDecision(PlaceProblem problem) {
    this.problem = problem;
    IdentityHashMap<List<Wish>, Integer> kinds = new IdentityHashMap<>();
    int[] kindOf = new int[problem.devices()];
    for (int device = 0; device < kindOf.length; device++) {
      int next = kinds.size();
      kindOf[device] = kinds.computeIfAbsent(problem.wishes(device), _ -> next);
    }
    counts = new int[kinds.size()];
    for (int kind : kindOf) {
      counts[kind]++;
    }
    weights = new int[counts.length];
    long worth = 1;
    for (int kind = 0; kind < counts.length && worth <= MAX_STATES; kind++) {
      weights[kind] = (int) worth;
      worth *= counts[kind] + 1L;
    }
    states = worth;
    problem.places().forEach(_ -> kindsOf.add(new ArrayList<>()));
    kinds.forEach((wishes, kind) -> wishes.forEach(wish -> kindsOf.get(wish.place()).add(kind)));
  }

  static Answer of(PlaceProblem problem) {
    CardDecision decision = new CardDecision(problem);
    return decision.states > MAX_STATES ? Answer.UNDECIDED : decision.decide();
  }

  private Answer decide() {
    Map<Integer, List<Integer>> placesOfCard = new TreeMap<>();
    for (int place = 0; place < kindsOf.size(); place++) {
      if (!kindsOf.get(place).isEmpty()) {
        placesOfCard
            .computeIfAbsent(problem.places().get(place).card(), _ -> new ArrayList<>())
            .add(place);
      }
    }
    BitSet left = new BitSet();
    left.set((int) states - 1);
    for (List<Integer> places : placesOfCard.values()) {
      BitSet then = (BitSet) left.clone();
      for (int place : places) {
        then.or(filled(left, place));
        if (then.get(0)) {
          return Answer.POSSIBLE;
        }
        if (steps > MAX_STEPS) {
          return Answer.UNDECIDED;
        }
      }
      left = then;
    }
    return left.get(0) ? Answer.POSSIBLE : Answer.IMPOSSIBLE;
  }

  /**
   * The numbers that may be left once a place has taken as many as it can: fewer never lead
   * further.
   */
  private BitSet filled(BitSet left, int place) {
    BitSet now = left;
    int room = Math.min(problem.places().get(place).room(), problem.devices());
    for (int taken = 0; taken < room; taken++) {
      BitSet then = new BitSet();
      for (int state = now.nextSetBit(0); state >= 0; state = now.nextSetBit(state + 1)) {
        take(state, place, then);
      }
      if (then.equals(now)) {
        return now;
      }
      now = then;
    }
    return now;
  }

  private void take(int state, int place, BitSet then) {
    boolean any = false;
    for (int kind : kindsOf.get(place)) {
      steps++;
      if (state / weights[kind] % (counts[kind] + 1) > 0) {
        then.set(state - weights[kind]);
        any = true;
      }
    }
    if (!any) {
      then.set(state);
    }
  }
}
