package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.faults.visitors.Crowd;
import io.fleetcompat.cli.faults.visitors.Foreign;
import io.fleetcompat.cli.faults.visitors.HealthWatch;
import io.fleetcompat.cli.faults.visitors.Manner;
import io.fleetcompat.cli.faults.visitors.Questions;
import io.fleetcompat.cli.faults.visitors.Smuggler;
import io.fleetcompat.settings.Sizes;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The visitors that steps call to a stage, where they stay until a step sends them away. */
final class Visits {

  private static final int PAIRS = 10_000;

  private Visits() {}

  /** {@code watch-health 5s api-1/metrics}. */
  static void watchHealth(Stage stage, Step step) {
    String port = step.word(1);
    stage.visitors().add(new HealthWatch(port, stage.address(port), Step.duration(step.word(0))));
  }

  /** {@code watch-memory 1000MiB api-1}. */
  static void watchMemory(Stage stage, Step step) {
    stage.visitors().add(new MemoryWatch(stage.part(step.word(1)), Sizes.parse(step.word(0))));
  }

  /** {@code watch-log 20KiB api-1}. */
  static void watchLog(Stage stage, Step step) throws IOException {
    stage.visitors().add(new LogWatch(stage.part(step.word(1)), Sizes.parse(step.word(0))));
  }

  /** {@code ask-and-read-nothing 300 api-1}. */
  static void askAndReadNothing(Stage stage, Step step) {
    come(stage, step, List.of(Manner.askAndReadNothing(Questions.pairs(PAIRS))));
  }

  /** {@code idle 4300 api-1}. */
  static void idle(Stage stage, Step step) {
    come(
        stage,
        step,
        List.of(
            Manner.sayAndWait(Questions.nothing()),
            Manner.sayAndWait(Questions.halfHead()),
            Manner.sayAndWait(Questions.halfBody())));
  }

  /** {@code abandon 50 api-1}. */
  static void abandon(Stage stage, Step step) {
    come(
        stage,
        step,
        false,
        List.of(Manner.sayAndGo(Questions.halfHead()), Manner.sayAndGo(Questions.halfBody())));
  }

  /** {@code foreign 50 broker-1}. */
  static void foreign(Stage stage, Step step) throws IOException, NoSuchAlgorithmException {
    come(
        stage,
        step,
        List.of(
            Manner.sayAndWait(Foreign.tlsHello()),
            Manner.sayAndWait(Foreign.http2Preface()),
            Manner.sayAndWait(Foreign.kafkaRequest()),
            Manner.sayAndWait(Foreign.endlessKafkaRequest()),
            Manner.sayAndWait(Questions.pairs(1))));
  }

  /** {@code smuggle api-1}. */
  static void smuggle(Stage stage, Step step) {
    stage.visitors().add(new Smuggler(stage.address(step.word(0))));
  }

  private static void come(Stage stage, Step step, List<Manner> manners) {
    come(stage, step, true, manners);
  }

  private static void come(Stage stage, Step step, boolean stays, List<Manner> manners) {
    stage.visitors().add(new Crowd(step.number(0), stage.address(step.word(1)), stays, manners));
  }
}
