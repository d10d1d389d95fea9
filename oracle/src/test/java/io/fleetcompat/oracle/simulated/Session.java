package io.fleetcompat.oracle.simulated;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Runs by their seed, for who has loaded this by a class loader of its own, and so shares only the
 * classes of Java with it. One thread.
 */
public final class Session implements BiFunction<Long, Boolean, Object[]> {

  static final int STEPS_OF_A_RUN = 600;

  private final Run run = new Run();

  /**
   * Runs a seed.
   *
   * @param shrinks whether a failure is told with the fewest steps that fail
   * @return what failed (empty where nothing did), steps, yes, no, trace
   */
  @Override
  public Object[] apply(Long seed, Boolean shrinks) {
    List<Step> steps = Step.of(seed, STEPS_OF_A_RUN);
    Run.Result result = run.of(seed, steps);
    String failure =
        result.failure().map(what -> shrinks ? what + "\n" + shrunk(seed, steps) : what).orElse("");
    return new Object[] {failure, result.worked(), result.yes(), result.no(), result.trace()};
  }

  private String shrunk(long seed, List<Step> steps) {
    List<Step> few = Shrinker.shrink(steps, fewer -> run.of(seed, fewer).failure().isPresent());
    return "The fewest steps: %s%nend so: %s"
        .formatted(
            few.stream().map(Step::toString).collect(Collectors.joining(", ")),
            run.of(seed, few).failure().orElse("not again"));
  }
}
