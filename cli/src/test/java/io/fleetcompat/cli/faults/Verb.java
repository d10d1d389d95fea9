package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.faults.sysfs.Hostility;
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
  UPGRADE((stage, step) -> command(stage, step).upgrade()),
  /** So many bytes a second can be written by brokers and indexers; 0 ends it. */
  LIMIT_DISK((stage, step) -> stage.disk().limit(step.number(0))),
  /** Records that nobody can read, on every topic. */
  GARBAGE((stage, _) -> stage.foreignRecords().garbage()),
  /**
   * All documents of the hosts that there are, once more, the newest first. Nothing changes
   * meanwhile: a host that is removed would come back.
   */
  REPLAY((stage, _) -> stage.history().standStill(stage.foreignRecords()::replay)),
  /** Documents of somebody else under hosts' names, with the next version or the greatest. */
  FORGE(Forgeries::forge),
  /** An operator deletes the records of hosts that have a document of the greatest version. */
  DELETE_GREATEST((stage, _) -> Forgeries.deleteGreatest(stage)),
  /** A second collector with the names of all hosts begins. */
  START_TWIN((stage, _) -> Copies.startTwin(stage)),
  /** It ends. */
  STOP_TWIN((stage, _) -> Copies.stopTwin(stage)),
  /** The files of a process's stores are damaged. */
  DAMAGE(StateDamage::strike),
  /** The state directory of a process is emptied. */
  DELETE_STATE(Copies::deleteState),
  /** Garbage under all keys of the indexer's changelogs. */
  GARBLE_CHANGELOGS((stage, _) -> TopicFaults.garbleChangelogs(stage)),
  /** Tombstones under all keys of a topic. */
  EMPTY(TopicFaults::empty),
  /** Rows of the matrix under keys of other profiles. */
  SWAP_ROWS((stage, _) -> TopicFaults.swapRows(stage)),
  /** All topics are deleted, but those of Kafka itself. */
  DELETE_TOPICS((stage, _) -> TopicFaults.deleteAll(stage)),
  /** {@code fleetcompat rebuild --verify} finds no difference within that time. */
  VERIFY_REBUILT(TopicFaults::verifyRebuilt),
  /** The clock of an API is set. */
  CLOCK((stage, step) -> stage.clock(step.word(0)).set(step.word(1))),
  /** Within that time, a process says these words. */
  AWAIT_LOG((stage, step) -> command(stage, step).awaitLog(step.duration(1), step.rest(2))),
  /** Within that time, a process ends by itself. */
  AWAIT_END((stage, step) -> command(stage, step).awaitEnd(step.duration(1))),
  /** Within that time, an API's answer under that path has these words. */
  AWAIT_ANSWER(
      (stage, step) ->
          HttpAnswer.await(
              stage.api(step.word(0)).resolve(step.word(2)), step.duration(1), step.rest(3))),

  /** A port is asked for the health of its process all the time, and has a bound to answer. */
  WATCH_HEALTH(Visits::watchHealth),
  /** A process has a bound of the memory that it ever has resident. */
  WATCH_MEMORY(Visits::watchMemory),
  /** A process has a bound of the bytes that it logs, and no stack trace is among them. */
  WATCH_LOG(Visits::watchLog),
  /** Connections that ask an API for 10,000 pairs each, again and again, and read nothing. */
  ASK_AND_READ_NOTHING(Visits::askAndReadNothing),
  /** Connections that say nothing, half a head, or half a body. */
  IDLE(Visits::idle),
  /** Connections that are reset in the middle of a head or a body. */
  ABANDON(Visits::abandon),
  /** Connections that speak other protocols: TLS, HTTP/2, Kafka's, HTTP. */
  FOREIGN(Visits::foreign),
  /** Requests that are hidden in others. */
  SMUGGLE(Visits::smuggle),
  /** All these go. */
  LEAVE((stage, _) -> stage.visitors().leave()),

  /** Every attribute of a host becomes so. */
  SPOIL_ALL((stage, step) -> stage.hostile().spoilAll(step.word(1), hostility(step))),
  /** Some attributes of a host's types become so. */
  SPOIL_SOME((stage, step) -> stage.hostile().spoilSome(step.word(1), hostility(step))),
  /** Thousands of types that say nothing appear on a host. */
  ADD_TYPES((stage, step) -> stage.hostile().addTypes(step.word(0))),
  /** An attribute of a host goes and comes for that time. */
  FLICKER((stage, step) -> stage.hostile().flicker(step.word(1), Step.duration(step.word(0)))),
  /** All attributes are as they were. */
  HEAL((stage, _) -> stage.hostile().heal());

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

  private static CommandPart command(Stage stage, Step step) {
    return stage.command(step.word(0));
  }

  private static Hostility hostility(Step step) {
    return Hostility.parse(step.word(0));
  }

  private static Network.Place place(Stage stage, Step step) {
    return stage.place(step.word(0));
  }
}
