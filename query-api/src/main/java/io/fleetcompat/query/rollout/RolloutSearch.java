package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Blocked;
import io.fleetcompat.query.rollout.RolloutResult.Found;
import io.fleetcompat.query.rollout.RolloutResult.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The search for an order in which hosts can be changed: each is emptied first, and at every moment
 * each device that can go to enough other hosts now can go to as many.
 *
 * <p>It goes forward in waves ({@link WaveSearch}); where that ends early, it looks for a proof
 * that there is no order ({@link ImpossibleOrder}), with all that is unknown turning out well and
 * then as it is known; and else it goes forward with other places, and tries one host at a time
 * ({@link OneByOneSearch}).
 */
public final class RolloutSearch {

  private RolloutSearch() {}

  /**
   * Searches.
   *
   * @param check asked now and then: it throws where time is up
   */
  public static RolloutResult of(RolloutProblem of, Runnable check) {
    IndexedProblem problem = new IndexedProblem(of);
    KeptHosts kept = KeptHosts.of(problem);
    WaveTrial trial = new WaveTrial(problem, kept, check);
    Furthest furthest = new Furthest();
    Function<Preference, Optional<List<RolloutStep>>> inWaves =
        preference ->
            new WaveSearch(problem, kept, trial, preference, check)
                .search(new RolloutState(problem), furthest);
    Optional<List<RolloutStep>> waves = inWaves.apply(Preference.CHANGED);
    if (waves.isPresent()) {
      return new Found(waves.get());
    }
    IndexedProblem best = new IndexedProblem(of.atBest());
    Optional<Blocked> never = new ImpossibleOrder(best, kept.in(best), check).proof(true, furthest);
    if (never.isPresent()) {
      return never.get();
    }
    Optional<Blocked> unlessMoreIsKnown =
        new ImpossibleOrder(problem, kept, check).proof(false, furthest);
    if (unlessMoreIsKnown.isPresent()) {
      return unlessMoreIsKnown.get();
    }
    Optional<List<RolloutStep>> otherwise =
        Stream.of(Preference.SPARING, Preference.UNCHANGED)
            .map(inWaves)
            .flatMap(Optional::stream)
            .findFirst();
    if (otherwise.isPresent()) {
      return new Found(otherwise.get());
    }
    List<RolloutStep> steps = new ArrayList<>();
    return new OneByOneSearch(problem, trial, check, furthest)
            .search(new RolloutState(problem), steps)
        ? new Found(steps)
        : new Blocked(false, false, furthest.steps(), furthest.blocks(), When.NEXT);
  }

  /** The devices that cannot go to as many hosts as are to be kept even now. */
  public static List<Integer> belowKeep(RolloutProblem problem) {
    KeptHosts kept = KeptHosts.of(new IndexedProblem(problem));
    return IntStream.range(0, problem.devices().size())
        .filter(device -> kept.required(device) < problem.keep())
        .boxed()
        .toList();
  }
}
