package io.fleetcompat.oracle.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The steps by which a run is made smaller. */
class ShrinkerTest {

  private static final List<Integer> WHOLE = IntStream.range(0, 600).boxed().toList();

  @Test
  void onlyTheStepsThatAreNeededAreLeft() {
    List<Integer> needed = List.of(3, 4, 77, 599);
    assertThat(Shrinker.shrink(WHOLE, list -> list.containsAll(needed))).isEqualTo(needed);
  }

  @Test
  void aFailureThatNeedsNoStepNeedsNone() {
    assertThat(Shrinker.shrink(WHOLE, _ -> true)).isEmpty();
  }
}
