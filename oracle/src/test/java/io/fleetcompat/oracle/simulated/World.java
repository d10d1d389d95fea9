package io.fleetcompat.oracle.simulated;

import io.fleetcompat.collector.publish.HandSender;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.indexer.place.KeptMarks;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.streams.TopologyDescription;

/**
 * All that there is: hosts with their collectors, the way to Kafka, its log, the indexer, a replica
 * and who asks it. A step happens to it, and nothing else ever does. One thread.
 */
final class World {

  /** Longest that a replica does not read what is there. */
  private static final Duration UNREAD = Duration.ofSeconds(20);

  private static final int HOSTS = 4;
  static final Topics TOPICS = new Topics("", 2, (short) 1);

  private final Catalogue catalogue;
  private final SimulatedTime time = new SimulatedTime();
  private final FakeLog log = new FakeLog(TOPICS);
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private final Network network = new Network(log, time, this::arrived);
  private final Losses losses = new Losses(log, TOPICS, time);
  private final ForeignWriter foreign;
  private final Optional<Keyed> keyed;
  private final FakeIndexer indexer;
  private final Observer observer;
  private final Healing healing;
  private final Set<Step.Harm> harms = EnumSet.noneOf(Step.Harm.class);
  private boolean mutual;
  private long taken;

  /** The parts of a fleet whose hosts have keys that others lack. */
  private record Keyed(KeyRegistry registry, KeySteps steps, Forger forger) {}

  World(Catalogue catalogue, TopologyDescription wiring, long seed) {
    this.catalogue = catalogue;
    SplittableRandom random = new SplittableRandom(seed);
    Optional<KeyRegistry> registry =
        Step.hasKeys(seed)
            ? Optional.of(new KeyRegistry(log, TOPICS, time, seed))
            : Optional.empty();
    Optional<FleetKey> key = registry.map(KeyRegistry::fleet);
    for (int i = 0; i < HOSTS; i++) {
      long ahead = random.nextInt(4) == 0 ? random.nextLong(-7_200_000, 7_200_000) : 0;
      hosts.add(new SimulatedHost("h" + i, "p" + i % 2, ahead, catalogue, TOPICS, key));
    }
    this.foreign = new ForeignWriter(log, TOPICS, catalogue, time);
    this.indexer = new FakeIndexer(log, TOPICS, wiring, time, key);
    this.keyed =
        registry.map(
            of ->
                new Keyed(
                    of,
                    new KeySteps(of, hosts),
                    new Forger(log, TOPICS, catalogue, time, of, hosts, indexer)));
    keyed.ifPresent(fleet -> fleet.steps.begin(random));
    this.indexer.tasks().forEach(FakeTask::start);
    this.observer =
        new Observer(
            log, TOPICS, hosts, catalogue, time, Network.ON_ITS_WAY.plus(UNREAD), registry);
    this.healing =
        new Healing(time, log, TOPICS, hosts, network, indexer, observer, keyed.map(Keyed::steps));
  }

  /** Everything that was worked off so far: what tells two runs apart. */
  String trace() {
    return log.digest() + "/" + observer.revision() + "/" + time.getAsLong();
  }

  /** The number of answers so far that were a yes, no, or neither. */
  long answers(Outcome outcome) {
    return observer.answers(outcome);
  }

  /** The steps that were taken, with those that ended the faults. */
  long worked() {
    return taken + healing.worked();
  }

  /** A record of a collector is in the log. */
  private void arrived(HandSender.Sent sent, long offset) {
    if (sent.topic().equals(TOPICS.hostCapacity().name())) {
      keyed.ifPresent(
          fleet -> fleet.registry.heard(sent.host(), sent.generation(), offset, indexer));
    } else if (sent.value() != null) {
      hosts.stream()
          .filter(host -> host.name().equals(sent.host()))
          .forEach(host -> host.said(sent.value()));
    }
  }

  void take(Step step) {
    taken++;
    harms.add(step.harm());
    SplittableRandom random = new SplittableRandom(step.entropy());
    SimulatedHost host = hosts.get(random.nextInt(HOSTS));
    switch (step.kind()) {
      case CHANGE -> change(host, random);
      case REFRESH -> host.look(true);
      case BEAT -> host.beat();
      case SEND -> network.send(host, random);
      case DELIVER -> network.deliver(random);
      case PROCESS -> indexer.task(random.nextLong()).process(random.nextLong());
      case TICK -> indexer.task(random.nextLong()).tick();
      case COMMIT -> indexer.task(random.nextLong()).commit();
      case READ -> observer.step(1 + random.nextInt(20), random.nextLong());
      case ADVANCE -> advance(span(random));
      case CRASH_TASK -> crash(indexer.task(random.nextLong()), random);
      case REBALANCE -> indexer.task(random.nextLong()).rebalance();
      case ZOMBIE_WORKS -> indexer.task(random.nextLong()).stepZombie(random.nextLong());
      case COLLECTOR_STARTS -> host.start(time.getAsLong(), true);
      case COLLECTOR_ENDS -> host.end();
      case TWIN_STARTS -> host.start(time.getAsLong(), host.collectors().size() > 1);
      case REMOVE -> network.remove(host);
      case FORGE -> forge(host, random);
      case POISON -> foreign.poison(host, random);
      case COMPACT -> losses.compact(random);
      case REPLICA_STARTS ->
          observer.start(random.nextBoolean() ? 0 : random.nextLong(-7_200_000, 7_200_000));
      case DAMAGE -> Losses.damage(indexer.task(random.nextLong()), random);
      case LOSE -> losses.lose(random);
      case RULES -> rules(random.nextBoolean());
      case KEYS -> keyed.orElseThrow().steps.take(host, random);
    }
    requireLittleKept();
  }

  private void forge(SimulatedHost host, SplittableRandom random) {
    keyed.ifPresentOrElse(
        fleet -> fleet.forger.forge(host, random), () -> foreign.forge(host, random));
  }

  /** Invented names leave nothing behind. */
  private void requireLittleKept() {
    if (keyed.isPresent()) {
      for (FakeTask task : indexer.tasks()) {
        int kept = task.processor().map(KeptMarks::count).orElse(0);
        Violation.require(
            kept <= HOSTS,
            () -> "%s keeps the marks of %d hosts, of %d".formatted(task.name(), kept, HOSTS));
      }
    }
  }

  private void change(SimulatedHost host, SplittableRandom random) {
    if (host.isRemoved() || host.collectors().isEmpty()) {
      return;
    }
    int[] next = host.contents();
    for (int place = 0; place < next.length; place++) {
      if (random.nextInt(3) > 0) {
        next[place] =
            random.nextInt(3) == 0
                ? SimulatedHost.NOTHING
                : catalogue.pick(place, random.nextLong());
      }
    }
    host.become(next, time.getAsLong());
    host.look(false);
  }

  private static Duration span(SplittableRandom random) {
    int dice = random.nextInt(1000);
    if (dice < 600) {
      return Duration.ofMillis(1 + random.nextInt(60));
    }
    if (dice < 900) {
      return Duration.ofMillis(100 + random.nextInt(3000));
    }
    if (dice < 980) {
      return Duration.ofSeconds(4 + random.nextInt(12));
    }
    if (dice < 997) {
      return Duration.ofSeconds(50 + random.nextInt(80));
    }
    return dice < 999 ? Duration.ofMinutes(11) : Duration.ofHours(2);
  }

  private void advance(Duration by) {
    time.advance(by);
    network.giveUpLate();
    observer.catchUp(UNREAD);
    observer.check();
  }

  private static void crash(FakeTask task, SplittableRandom random) {
    if (random.nextBoolean()) {
      task.crash();
    } else {
      task.revive();
    }
    task.start();
  }

  private void rules(boolean wantMutual) {
    mutual = wantMutual;
    indexer.want(RuleSet.of(mutual ? Set.of(Policy.MUTUAL) : Set.of()));
  }

  /** Ends all faults, waits, and compares everything with the oracle. */
  void heal() {
    healing.heal(harms);
    observer.requireConverged(mutual);
  }
}
