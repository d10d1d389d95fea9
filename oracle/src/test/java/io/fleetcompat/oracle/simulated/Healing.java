package io.fleetcompat.oracle.simulated;

import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The time after the faults, in which everything becomes as the oracle says. One thread. */
final class Healing {

  private static final int ROUNDS = 10;
  private static final int ROUNDS_OF_MACHINES = 2;

  /** Until a host would be stale that is not believed. */
  private static final int ROUNDS_OF_SILENCE = 7;

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration JUDGE_TICK = Duration.ofMillis(250);

  private final SimulatedTime time;
  private final FakeLog log;
  private final Topics topics;
  private final List<SimulatedHost> hosts;
  private final Network network;
  private final FakeIndexer indexer;
  private final Observer observer;
  private final Optional<KeySteps> keys;
  private long worked;

  Healing(
      SimulatedTime time,
      FakeLog log,
      Topics topics,
      List<SimulatedHost> hosts,
      Network network,
      FakeIndexer indexer,
      Observer observer,
      Optional<KeySteps> keys) {
    this.time = time;
    this.log = log;
    this.topics = topics;
    this.hosts = hosts;
    this.network = network;
    this.indexer = indexer;
    this.observer = observer;
    this.keys = keys;
  }

  /** The steps that it took. */
  long worked() {
    return worked;
  }

  /**
   * Ends all faults, and waits. Where nothing was harmed, a few heartbeats are all that it takes;
   * where something was lost, the comparisons of topics; where somebody wrote under the name of a
   * host, the documents that collectors send every ten minutes.
   */
  void heal(Set<Step.Harm> harms) {
    indexer.tasks().forEach(FakeTask::start);
    keys.ifPresent(KeySteps::heal);
    worked += network.heal();
    hosts.forEach(host -> host.haveOne(time.getAsLong()));
    boolean isProtected = keys.isPresent() && !harms.contains(Step.Harm.LOSS);
    if (!isProtected) {
      hosts.forEach(this::end);
    }
    keys.ifPresent(steps -> hosts.stream().filter(steps::isMissed).forEach(h -> h.look(true)));
    rounds(ROUNDS_OF_MACHINES);
    boolean isForged = harms.contains(Step.Harm.FORGERY) && !isProtected;
    if (isForged) {
      hosts.stream().filter(SimulatedHost::isForged).forEach(this::erase);
      hosts.forEach(host -> host.look(true));
      rounds(1);
      // A document of somebody else may have had the version of that one: the next one heals.
      hosts.forEach(host -> host.look(true));
    }
    if (harms.contains(Step.Harm.LOSS)) {
      // A comparison that has waited for the next tick for long rests for longer than is waited
      // here.
      indexer.tasks().forEach(FakeTask::crash);
      indexer.tasks().forEach(FakeTask::start);
      rounds(ROUNDS);
    } else if (isForged) {
      rounds(ROUNDS_OF_SILENCE);
    } else {
      rounds(1);
    }
  }

  /** Removals and documents may have overtaken each other. */
  private void end(SimulatedHost host) {
    if (host.isRemoved()) {
      erase(host); // a document of it may have arrived after its removal
    } else if (host.wasRemoved()) {
      host.look(true); // its removal may have arrived after it was started again
    }
  }

  /** An operator removes what Kafka has of a host. */
  private void erase(SimulatedHost host) {
    if (keys.isPresent()) {
      keys.get().remove(host);
      return;
    }
    byte[] key = RecordKeys.HOST.encode(host.name());
    log.append(topics.hostInventory().name(), key, null, time.getAsLong());
    log.append(topics.hostCapacity().name(), key, null, time.getAsLong());
  }

  /** Heartbeats come every ten seconds, and each second what is due is done. */
  private void rounds(int count) {
    for (int round = 0; round < count; round++) {
      for (int second = 0; second < BEAT.toSeconds(); second++) {
        time.advance(MOMENT);
        tickAll();
        observer.readAll();
      }
      for (SimulatedHost host : hosts) {
        host.beat();
        host.collectors().forEach(collector -> worked += network.sendAll(collector.sender()));
      }
      settle();
      observer.readAll();
    }
  }

  /** Lets the indexer work until nothing is left to do. */
  private void settle() {
    int quiet = 0;
    while (quiet < 2) {
      boolean busy = false;
      for (FakeTask task : indexer.tasks()) {
        while (task.process(0)) {
          worked++;
          busy = true;
        }
        task.commit();
      }
      if (!busy) {
        quiet++;
        time.advance(JUDGE_TICK);
        tickAll();
      }
    }
  }

  private void tickAll() {
    for (FakeTask task : indexer.tasks()) {
      worked++;
      task.tick();
      task.commit();
    }
  }
}
