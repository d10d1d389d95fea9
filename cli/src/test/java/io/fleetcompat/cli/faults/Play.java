package io.fleetcompat.cli.faults;

import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The steps of a scenario as they are done on a stage, while hosts change. One thread. */
final class Play {

  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);
  private static final int ALL = 100;

  private final Stage stage;

  Play(Stage stage) {
    this.stage = stage;
  }

  /** Does the steps in order; gives the time at which the last one was done. */
  long run(List<Step> steps) throws Exception {
    Churn churn = new Churn(stage.history());
    try {
      for (Step step : steps) {
        if (step.verb() == Step.Verb.SETTLE) {
          churn.close();
          stage.awaitRight(System.nanoTime(), SETTLED_WITHIN);
          churn = new Churn(stage.history());
        } else {
          run(step);
        }
      }
    } finally {
      churn.close();
    }
    return System.nanoTime();
  }

  private void run(Step step) throws Exception {
    switch (step.verb()) {
      case FOR -> pass(Step.duration(step.word(0)));
      case KILL -> part(step).kill();
      case STOP -> part(step).stop();
      case START -> part(step).start();
      case FREEZE -> part(step).signal("STOP");
      case THAW -> part(step).signal("CONT");
      case CUT -> drop(step, true, true, ALL);
      case CUT_OUT -> drop(step, true, false, ALL);
      case CUT_IN -> drop(step, false, true, ALL);
      case LOSE -> drop(step, true, true, Integer.parseInt(step.word(1)));
      case JOIN -> stage.place(step.word(0)).join();
      case TOPICS -> stage.makeTopics();
      case UPGRADE -> upgrade((CommandPart) part(step));
      case LIMIT_DISK -> stage.disk().limit(Long.parseLong(step.word(0)));
      case GARBAGE -> stage.foreignRecords().garbage();
      // One that is removed meanwhile would come back.
      case REPLAY -> stage.history().standStill(stage.foreignRecords()::replay);
      case SETTLE -> throw new IllegalStateException("expected other steps, found " + step);
    }
  }

  private static void upgrade(CommandPart part) throws IOException, InterruptedException {
    part.stop();
    part.become(CommandPart.thisVersion());
    part.start();
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Await.until("time goes by", time.plusSeconds(1), () -> System.nanoTime() >= end, past -> past);
  }

  private Part part(Step step) {
    return stage.part(step.word(0));
  }

  private void drop(Step step, boolean out, boolean in, int percent)
      throws IOException, InterruptedException {
    stage.place(step.word(0)).drop(stage.brokerPorts(), out, in, percent);
  }
}
