package io.fleetcompat.query.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers held to trying every choice of sets. */
class SmallestCoverTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneOrTwoAreChosenWhereTheyDoAndNoneCanBeLeftOut(long seed) {
    Random random = new Random(seed);
    int larger = 0;
    for (int round = 0; round < 500; round++) {
      int things = 1 + random.nextInt(8);
      BitSet all = new BitSet();
      List<BitSet> sets = new ArrayList<>();
      for (int set = 1 + random.nextInt(7); set > 0; set--) {
        BitSet some = new BitSet();
        for (int i = 0; i < things; i++) {
          some.set(i, random.nextInt(3) == 0);
        }
        sets.add(some);
        all.or(some);
      }
      String where = "seed %d, round %d: %s".formatted(seed, round, sets);
      if (all.isEmpty()) {
        continue;
      }
      List<Integer> found = SmallestCover.of(all, sets);
      assertThat(isCovered(all, sets, found)).as(where).isTrue();
      int smallest = smallest(all, sets);
      if (smallest <= 2) {
        assertThat(found).as(where).hasSize(smallest);
      }
      larger += smallest > 2 ? 1 : 0;
      for (Integer each : found) {
        List<Integer> others = found.stream().filter(other -> !other.equals(each)).toList();
        assertThat(isCovered(all, sets, others)).as(where).isFalse();
      }
    }
    assertThat(larger).as("seed %d", seed).isPositive();
  }

  @Test
  void setsThatDoNotHaveAllAreRefused() {
    BitSet all = new BitSet();
    all.set(3);
    assertThatThrownBy(() -> SmallestCover.of(all, List.of(new BitSet())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{3}");
  }

  private static int smallest(BitSet all, List<BitSet> sets) {
    int smallest = Integer.MAX_VALUE;
    for (int choice = 0; choice < 1 << sets.size(); choice++) {
      List<Integer> chosen = new ArrayList<>();
      for (int set = 0; set < sets.size(); set++) {
        if ((choice & (1 << set)) != 0) {
          chosen.add(set);
        }
      }
      if (isCovered(all, sets, chosen)) {
        smallest = Math.min(smallest, chosen.size());
      }
    }
    return smallest;
  }

  private static boolean isCovered(BitSet all, List<BitSet> sets, List<Integer> chosen) {
    BitSet left = (BitSet) all.clone();
    chosen.forEach(set -> left.andNot(sets.get(set)));
    return left.isEmpty();
  }
}
