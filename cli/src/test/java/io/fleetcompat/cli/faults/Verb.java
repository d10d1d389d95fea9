package io.fleetcompat.cli.faults;

import java.util.Arrays;
import java.util.Locale;

/** The things that can be done: a line each, whatever needs more has a class. */
enum Verb {
  /** SIGKILL. */
  KILL((stage, step) -> stage.part(step.word(0)).kill()),
  /** SIGTERM, and the end awaited. */
  STOP((stage, step) -> stage.part(step.word(0)).stop()),
  START((stage, step) -> stage.part(step.word(0)).start()),
  /** SIGSTOP. */
  FREEZE((stage, step) -> stage.part(step.word(0)).signal("STOP")),
  /** SIGCONT. */
  THAW((stage, step) -> stage.part(step.word(0)).signal("CONT")),
  /** Nothing passes between a process and Kafka. */
  CUT((stage, step) -> place(stage, step).drop(stage.brokerPorts(), true, true, 100)),
  /** Nothing that a process sends arrives at Kafka. */
  CUT_OUT((stage, step) -> place(stage, step).drop(stage.brokerPorts(), true, false, 100)),
  /** Nothing that Kafka sends arrives at a process. */
  CUT_IN((stage, step) -> place(stage, step).drop(stage.brokerPorts(), false, true, 100)),
  /** So many packets of a hundred are lost, both ways. */
  LOSE((stage, step) -> place(stage, step).drop(stage.brokerPorts(), true, true, step.number(1))),
  /** The network is whole again. */
  JOIN((stage, step) -> place(stage, step).join()),
  /** Time goes by, and hosts change. */
  FOR((_, step) -> Play.pass(Step.duration(step.word(0)))),
  /** Hosts stand still until all answers are right. */
  SETTLE(
      (_, step) -> {
        throw new IllegalStateException("expected a play to do it, found " + step);
      }),
  /** The topics that this version has and the one before has not are made. */
  TOPICS((stage, _) -> stage.makeTopics()),
  /** SIGTERM, and a start as the version of this tree. */
  UPGRADE((stage, step) -> ((CommandPart) stage.part(step.word(0))).upgrade()),
  /** So many bytes a second can be written by brokers and indexers; 0 ends it. */
  LIMIT_DISK((stage, step) -> stage.disk().limit(step.number(0))),
  /** Records that nobody can read, on every topic. */
  GARBAGE((stage, _) -> stage.foreignRecords().garbage()),
  /**
   * All documents of the hosts that there are, once more, the newest first. Nothing changes
   * meanwhile: a host that is removed would come back.
   */
  REPLAY((stage, _) -> stage.history().standStill(stage.foreignRecords()::replay));

  @SuppressWarnings("ImmutableEnumChecker") // None has a state.
  private final Deed deed;

  Verb(Deed deed) {
    this.deed = deed;
  }

  /** The verb of that spelling, in lower case and with hyphens. */
  static Verb parse(String word) {
    try {
      return valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected one of %s, found '%s'".formatted(Arrays.toString(values()), word), e);
    }
  }

  void on(Stage stage, Step step) throws Exception {
    deed.on(stage, step);
  }

  private static Network.Place place(Stage stage, Step step) {
    return stage.place(step.word(0));
  }
}
