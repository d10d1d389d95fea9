package io.fleetcompat.oracle.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.BiFunction;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The simulation finds each mistake that is put into the product: else it would prove nothing. With
 * {@code -Dsimulation.mutants=all} all of them are tried, else every fourth.
 */
class MutantsTest {

  /** Most runs in which a mistake must show. */
  private static final int MOST_RUNS = 300;

  private static final int STEP = "all".equals(System.getProperty("simulation.mutants")) ? 1 : 4;

  @TestFactory
  Stream<DynamicTest> everyMistakeIsFound() {
    assertThat(Mutants.all()).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    return tests(Mutants.all(), _ -> true);
  }

  @TestFactory
  Stream<DynamicTest> everyMistakeAboutMarksIsFound() {
    assertThat(MarkMutants.all()).hasSizeGreaterThanOrEqualTo(6).doesNotHaveDuplicates();
    return tests(MarkMutants.all(), Step::hasKeys);
  }

  private static Stream<DynamicTest> tests(List<Mutation> all, LongPredicate seeds) {
    return IntStream.iterate(0, i -> i < all.size(), i -> i + STEP)
        .mapToObj(all::get)
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> find(mutant, seeds)));
  }

  private static void find(Mutation mutant, LongPredicate seeds) {
    BiFunction<Long, Boolean, Object[]> session = MutatedClasses.session(mutant);
    PrimitiveIterator.OfLong runs =
        LongStream.iterate(1, seed -> seed + 1).filter(seeds).limit(MOST_RUNS).iterator();
    while (runs.hasNext()) {
      long seed = runs.nextLong();
      String failure = (String) session.apply(seed, false)[0];
      if (!failure.isEmpty()) {
        assertThat(failure).as("a change that was made").doesNotContain("nothing to change");
        System.out.printf("Mutant found: %s: seed %d%n", mutant.name(), seed);
        return;
      }
    }
    throw new AssertionError(
        "%s: %s.%s was changed, and %d runs held"
            .formatted(mutant.name(), mutant.owner(), mutant.method(), MOST_RUNS));
  }
}
