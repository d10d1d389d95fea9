package io.fleetcompat.cli.faults;

import io.fleetcompat.testing.Await;
import java.time.Duration;
import java.util.List;

/** The steps of a scenario as they are done on a stage, while hosts change. One thread. */
final class Play {

  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

  private final Stage stage;

  Play(Stage stage) {
    this.stage = stage;
  }

  /** Does the steps in order; gives the time at which the last one was done. */
  long run(List<Step> steps) throws Exception {
    Churn churn = new Churn(stage.history());
    try {
      for (Step step : steps) {
        if (step.verb() == Verb.SETTLE) {
          churn.close();
          stage.awaitRight(System.nanoTime(), SETTLED_WITHIN);
          churn = new Churn(stage.history());
        } else {
          step.verb().on(stage, step);
        }
      }
    } finally {
      churn.close();
    }
    return System.nanoTime();
  }

  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Await.until("time goes by", time.plusSeconds(1), () -> System.nanoTime() >= end, past -> past);
  }
}
