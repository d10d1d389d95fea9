package io.fleetcompat.oracle.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The laws, after every step of seeded runs in which everything happens that may: records lost,
 * doubled and late, crashes between any two writes, zombies, twins, wrong clocks, forged documents,
 * garbage, damaged stores, lost records of the index. A run that fails is printed with its seed,
 * and with the fewest of its steps that still fail.
 */
class SimulationTest {

  /** The seed of the first run; the others follow. */
  private static final long SEED = Long.getLong("simulation.seed", 1);

  /** The steps of all runs together; there is always one run. */
  private static final long STEPS = Long.getLong("simulation.steps", 400_000);

  private static final int STEPS_OF_A_RUN = 600;

  private final Run run = new Run();

  @Test
  void theLawsHoldAfterEveryStep() {
    long worked = 0;
    long yes = 0;
    long no = 0;
    for (long seed = SEED; worked < STEPS || seed == SEED; seed++) {
      List<Step> steps = Step.of(seed, STEPS_OF_A_RUN);
      Run.Result result = run.of(seed, steps);
      if (result.failure().isPresent()) {
        throw new AssertionError(failure(seed, steps));
      }
      worked += result.worked();
      yes += result.yes();
      no += result.no();
    }
    assertThat(yes).as("answers that were a yes").isPositive();
    assertThat(no).as("answers that were a no").isPositive();
  }

  private String failure(long seed, List<Step> steps) {
    List<Step> few = Shrinker.shrink(steps, fewer -> run.of(seed, fewer).failure().isPresent());
    return "seed %d (again with -Dsimulation.seed=%d -Dsimulation.steps=1): %s%nThe fewest steps: %s%nend so: %s"
        .formatted(
            seed,
            seed,
            run.of(seed, steps).failure().orElse("not again"),
            few.stream().map(Step::toString).collect(Collectors.joining(", ")),
            run.of(seed, few).failure().orElse("not again"));
  }

  @Test
  void aSeedIsOneRun() {
    for (long seed = SEED; seed < SEED + 5; seed++) {
      List<Step> steps = Step.of(seed, STEPS_OF_A_RUN);
      assertThat(run.of(seed, steps)).as("seed %d", seed).isEqualTo(run.of(seed, steps));
    }
  }
}
