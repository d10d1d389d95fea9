package io.fleetcompat.oracle.simulated;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.TopologyDescription;

/** Runs of lists of steps, each from an empty world to one that has healed. One thread. */
final class Run {

  private final Catalogue catalogue = new Catalogue();
  private final TopologyDescription wiring = FakeIndexer.wiring(World.TOPICS);

  /**
   * The outcome of a run.
   *
   * @param failure what must never be; empty where nothing was
   * @param worked the steps that were taken
   * @param yes the answers that were COMPATIBLE
   * @param no the answers that were INCOMPATIBLE
   * @param trace what tells it from another run
   */
  record Result(Optional<String> failure, long worked, long yes, long no, String trace) {

    private static Result of(Optional<String> failure, World world) {
      return new Result(
          failure,
          world.worked(),
          world.answers(Outcome.COMPATIBLE),
          world.answers(Outcome.INCOMPATIBLE),
          world.trace());
    }
  }

  Result of(long seed, List<Step> steps) {
    World world = new World(catalogue, wiring, seed);
    int number = 0;
    try {
      for (Step step : steps) {
        number++;
        world.take(step);
      }
      number++;
      world.heal();
      return Result.of(Optional.empty(), world);
    } catch (RuntimeException | AssertionError e) {
      String where = number > steps.size() ? "healing" : steps.get(number - 1).kind().toString();
      String what = e instanceof Violation ? e.getMessage() : trace(e);
      return Result.of(Optional.of("step %d (%s): %s".formatted(number, where, what)), world);
    }
  }

  private static String trace(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    for (StackTraceElement element : e.getStackTrace()) {
      if (text.length() > 1500) {
        break;
      }
      text.append("\n  at ").append(element);
    }
    return text.toString();
  }
}
