package io.fleetcompat.oracle.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
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

  private final BiFunction<Long, Boolean, Object[]> session = MutatedClasses.session();

  @Test
  void theLawsHoldAfterEveryStep() {
    long worked = 0;
    long yes = 0;
    long no = 0;
    long seed = SEED;
    for (; worked < STEPS || seed == SEED; seed++) {
      Object[] result = session.apply(seed, true);
      assertThat((String) result[0])
          .as("seed %d (again with -Dsimulation.seed=%d -Dsimulation.steps=1)", seed, seed)
          .isEmpty();
      worked += (long) result[1];
      yes += (long) result[2];
      no += (long) result[3];
    }
    System.out.printf(
        "Simulation: seeds %d to %d, %d steps, %d times yes, %d times no%n",
        SEED, seed - 1, worked, yes, no);
    assertThat(yes).as("answers that were a yes").isPositive();
    assertThat(no).as("answers that were a no").isPositive();
  }

  @Test
  void aSeedIsOneRun() {
    BiFunction<Long, Boolean, Object[]> other = MutatedClasses.session();
    for (long seed = SEED; seed < SEED + 6; seed++) {
      assertThat(session.apply(seed, false))
          .as("seed %d", seed)
          .isEqualTo(other.apply(seed, false));
    }
  }
}
