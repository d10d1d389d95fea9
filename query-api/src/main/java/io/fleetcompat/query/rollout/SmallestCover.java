package io.fleetcompat.query.rollout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A choice of sets that together have all that is to be covered: one or two sets where one or two
 * do; else none of those that are chosen can be left out, and fewer might do. Pure.
 */
final class SmallestCover {

  /** Most sets of which all pairs are tried. */
  private static final int MOST_IN_PAIRS = 500;

  private SmallestCover() {}

  /**
   * The indexes of the sets that are chosen, in order.
   *
   * @param all what is to be covered
   * @param sets that have all of it together
   */
  static List<Integer> of(BitSet all, List<BitSet> sets) {
    for (int one = 0; one < sets.size(); one++) {
      if (isCovered(all, List.of(sets.get(one)))) {
        return List.of(one);
      }
    }
    for (int one = 0; one < sets.size() && sets.size() <= MOST_IN_PAIRS; one++) {
      for (int other = one + 1; other < sets.size(); other++) {
        if (isCovered(all, List.of(sets.get(one), sets.get(other)))) {
          return List.of(one, other);
        }
      }
    }
    return withoutSpare(all, sets, greedy(all, sets));
  }

  private static List<Integer> greedy(BitSet all, List<BitSet> sets) {
    List<Integer> chosen = new ArrayList<>();
    BitSet left = (BitSet) all.clone();
    while (!left.isEmpty()) {
      int best =
          IntStream.range(0, sets.size())
              .boxed()
              .max(
                  Comparator.comparingInt((Integer set) -> common(left, sets.get(set)))
                      .thenComparing(Comparator.reverseOrder()))
              .orElseThrow();
      if (common(left, sets.get(best)) == 0) {
        throw new IllegalArgumentException("expected sets that have all, found none with " + left);
      }
      chosen.add(best);
      left.andNot(sets.get(best));
    }
    return chosen;
  }

  private static List<Integer> withoutSpare(BitSet all, List<BitSet> sets, List<Integer> chosen) {
    List<Integer> needed = new ArrayList<>(chosen);
    for (Integer each : chosen) {
      List<Integer> others = needed.stream().filter(other -> !other.equals(each)).toList();
      if (isCovered(all, others.stream().map(sets::get).toList())) {
        needed.remove(each);
      }
    }
    needed.sort(Comparator.naturalOrder());
    return needed;
  }

  private static int common(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both.cardinality();
  }

  private static boolean isCovered(BitSet all, List<BitSet> by) {
    BitSet left = (BitSet) all.clone();
    by.forEach(left::andNot);
    return left.isEmpty();
  }
}
