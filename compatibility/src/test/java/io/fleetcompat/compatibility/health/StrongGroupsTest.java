package io.fleetcompat.compatibility.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups of nodes between which there is a way there and back; random ones in NaivePoolTest. */
class StrongGroupsTest {

  private static final int LONG = 20_000;

  private static BitSet of(int... nodes) {
    BitSet set = new BitSet();
    Arrays.stream(nodes).forEach(set::set);
    return set;
  }

  @Test
  void aWayMayBeLongerThanTheStack() {
    BitSet nodes = new BitSet();
    nodes.set(0, LONG);
    int[] oneWay = StrongGroups.of(nodes, node -> of(node + 1));
    assertThat(Arrays.stream(oneWay).distinct().count()).isEqualTo(LONG);
    int[] circle = StrongGroups.of(nodes, node -> of((node + 1) % LONG));
    assertThat(Arrays.stream(circle).distinct().count()).isEqualTo(1);
  }

  @Test
  void waysOverNodesThatAreNotThereAreNone() {
    // 0 -> 1 -> 2 -> 0, of which 1 is not there.
    int[] groups = StrongGroups.of(of(0, 2), node -> of((node + 1) % 3));
    assertThat(StrongGroups.count(groups, List.of(0, 2))).isEqualTo(2);
  }
}
