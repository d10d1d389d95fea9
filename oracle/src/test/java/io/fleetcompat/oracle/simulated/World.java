package io.fleetcompat.oracle.simulated;

import io.fleetcompat.collector.publish.HandSender;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.oracle.simulated.FakeLog.Partition;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/**
 * All that there is: hosts with their collectors, the way to Kafka, its log, the indexer, a replica
 * and who asks it. A step happens to it, and nothing else ever does. One thread.
 */
final class World {

  /** Longest that a record may be on its way to Kafka. */
  static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

  /** Longest that a replica does not read what is there. */
  static final Duration UNREAD = Duration.ofSeconds(20);

  private static final int HOSTS = 4;
  private static final int ROUNDS = 10;
  private static final int ROUNDS_OF_MACHINES = 2;

  /** Until a host would be stale that is not believed. */
  private static final int ROUNDS_OF_SILENCE = 7;

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration JUDGE_TICK = Duration.ofMillis(250);
  static final Topics TOPICS = new Topics("", 2, (short) 1);

  private final Catalogue catalogue;
  private final FakeLog log = new FakeLog(TOPICS);
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private final List<OnItsWay> onItsWay = new ArrayList<>();

  /** Those of collectors that have removed their host, and say so. */
  private final List<HandSender> leaving = new ArrayList<>();

  private final FakeIndexer indexer;
  private final Observer observer;
  private long now = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();
  private boolean mutual;
  private final Set<Step.Harm> harms = EnumSet.noneOf(Step.Harm.class);
  private long worked;

  /**
   * A record between a collector and Kafka.
   *
   * @param from whom it is told what became of it; nobody where that has ended
   */
  private record OnItsWay(HandSender from, HandSender.Sent sent, long since) {}

  World(Catalogue catalogue, TopologyDescription wiring, long seed) {
    this.catalogue = catalogue;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < HOSTS; i++) {
      long ahead = random.nextInt(4) == 0 ? random.nextLong(-7_200_000, 7_200_000) : 0;
      hosts.add(new SimulatedHost("h" + i, "p" + i % 2, ahead, catalogue, TOPICS));
    }
    this.indexer = new FakeIndexer(log, TOPICS, wiring, () -> now);
    this.indexer.tasks().forEach(FakeTask::start);
    this.observer = new Observer(log, TOPICS, hosts, catalogue, () -> now, ON_ITS_WAY.plus(UNREAD));
  }

  /** Everything that was worked off so far: what tells two runs apart. */
  String trace() {
    return log.digest() + "/" + observer.revision() + "/" + now;
  }

  /** The number of answers so far that were a yes, no, or neither. */
  long answers(Outcome outcome) {
    return observer.answers(outcome);
  }

  /** The steps that were taken, with those that ended the faults. */
  long worked() {
    return worked;
  }

  void take(Step step) {
    worked++;
    harms.add(step.harm());
    SplittableRandom random = new SplittableRandom(step.entropy());
    SimulatedHost host = hosts.get(random.nextInt(HOSTS));
    switch (step.kind()) {
      case CHANGE -> change(host, random);
      case REFRESH -> host.look(true);
      case BEAT -> host.collectors().forEach(collector -> collector.voice().heartbeat());
      case SEND -> send(host, random);
      case DELIVER -> deliver(random);
      case PROCESS -> indexer.task(random.nextLong()).process(random.nextLong());
      case TICK -> indexer.task(random.nextLong()).tick();
      case COMMIT -> indexer.task(random.nextLong()).commit();
      case READ -> observer.step(1 + random.nextInt(20), random.nextLong());
      case ADVANCE -> advance(time(random));
      case CRASH_TASK -> crash(indexer.task(random.nextLong()), random);
      case REBALANCE -> indexer.task(random.nextLong()).rebalance();
      case ZOMBIE_WORKS -> indexer.task(random.nextLong()).stepZombie(random.nextLong());
      case COLLECTOR_STARTS -> host.start(now, true);
      case COLLECTOR_ENDS -> host.end();
      case TWIN_STARTS -> host.start(now, host.collectors().size() > 1);
      case REMOVE -> remove(host);
      case FORGE -> forge(host, random);
      case POISON -> poison(host, random);
      case COMPACT -> any(random).compact();
      case REPLICA_STARTS ->
          observer.start(random.nextBoolean() ? 0 : random.nextLong(-7_200_000, 7_200_000));
      case DAMAGE -> damage(indexer.task(random.nextLong()), random);
      case LOSE -> lose(random);
      case RULES -> rules(random.nextBoolean());
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
    host.become(next, now);
    host.look(false);
  }

  /** Lets its collectors hand over what they have; nothing is lost yet. */
  private void send(SimulatedHost host, SplittableRandom random) {
    List<HandSender> senders = new ArrayList<>(leaving);
    host.collectors().forEach(collector -> senders.add(collector.sender()));
    if (!senders.isEmpty()) {
      HandSender sender = senders.get(random.nextInt(senders.size()));
      sender.take().ifPresent(sent -> onItsWay.add(new OnItsWay(sender, sent, now)));
    }
  }

  /** Any record may arrive next, with or without its answer, or never. */
  private void deliver(SplittableRandom random) {
    if (onItsWay.isEmpty()) {
      return;
    }
    OnItsWay next = onItsWay.remove(random.nextInt(onItsWay.size()));
    int fate = random.nextInt(20);
    if (fate > 0) {
      append(next.sent);
    }
    if (fate > 1) {
      next.from.arrived(next.sent);
    } else {
      next.from.failed(next.sent);
    }
  }

  private void append(HandSender.Sent sent) {
    append(sent.topic(), RecordKeys.HOST.encode(sent.host()), sent.value());
  }

  private void append(String topic, byte[] key, byte @Nullable [] value) {
    List<Partition> partitions = log.partitions(topic);
    partitions.get(HostPartitioner.partition(key, partitions.size())).append(key, value, now, null);
  }

  private static Duration time(SplittableRandom random) {
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
    now += by.toMillis();
    List<OnItsWay> late =
        onItsWay.stream().filter(each -> now - each.since > ON_ITS_WAY.toMillis()).toList();
    onItsWay.removeAll(late);
    late.forEach(each -> each.from.failed(each.sent));
    observer.catchUp(UNREAD);
    observer.check();
  }

  private void crash(FakeTask task, SplittableRandom random) {
    if (random.nextBoolean()) {
      task.crash();
    }
    task.start();
  }

  private void remove(SimulatedHost host) {
    if (!host.collectors().isEmpty()) {
      leaving.add(host.collectors().getLast().sender());
      host.remove(now);
      leaving.getLast().publisher().remove(host.name(), now);
    }
  }

  /** Somebody else writes a document under the host's name, and lies. */
  private void forge(SimulatedHost host, SplittableRandom random) {
    int[] lie = host.contents();
    for (int place = 0; place < lie.length; place++) {
      lie[place] = catalogue.pick(place, random.nextLong());
    }
    int how = random.nextInt(10);
    boolean greatest = how == 0;
    DocumentVersion version =
        greatest
            ? new DocumentVersion(Long.MAX_VALUE, Long.MAX_VALUE)
            : host.nextVersion(how < 4 ? 0 : 1);
    byte[] document =
        Codecs.HOST_INVENTORY.encode(
            InventoryDocument.sent(
                InventoryDocument.of(host.reading(lie), host.name(), Map.of("pool", "p0")),
                version,
                Instant.ofEpochMilli(now),
                "hint",
                List.of()));
    if (greatest) {
      host.forged(true);
    }
    append(TOPICS.hostInventory().name(), RecordKeys.HOST.encode(host.name()), document);
  }

  private void poison(SimulatedHost host, SplittableRandom random) {
    byte[] garbage = new byte[random.nextInt(30)];
    random.nextBytes(garbage);
    append(
        (random.nextBoolean() ? TOPICS.hostInventory() : TOPICS.hostCapacity()).name(),
        random.nextInt(3) == 0 ? garbage.clone() : RecordKeys.HOST.encode(host.name()),
        garbage);
  }

  private Partition any(SplittableRandom random) {
    List<String> topics =
        List.of(
            TOPICS.hostInventory().name(),
            TOPICS.hostCapacity().name(),
            TOPICS.placements().name(),
            TOPICS.census().name(),
            TOPICS.profiles().name(),
            TOPICS.matrix().name());
    List<Partition> of = log.partitions(topics.get(random.nextInt(topics.size())));
    return of.get(random.nextInt(of.size()));
  }

  /** Garbage under a key of a changelog, which the next start of its task meets. */
  private void damage(FakeTask task, SplittableRandom random) {
    // Not four bytes: those are a number, and who may write that may write anything (ADR 0034).
    byte[] garbage = new byte[5 + random.nextInt(25)];
    random.nextBytes(garbage);
    task.crash();
    task.damage(random.nextLong(), garbage);
    task.start();
  }

  /** A record of the index is gone from its topic, or a tombstone of somebody else's is there. */
  private void lose(SplittableRandom random) {
    List<String> topics =
        List.of(TOPICS.placements().name(), TOPICS.profiles().name(), TOPICS.matrix().name());
    List<Partition> of = log.partitions(topics.get(random.nextInt(topics.size())));
    Partition from = of.get(random.nextInt(of.size()));
    // Not a tombstone: that there was one, nobody can tell who has not read it.
    List<Bytes> keys =
        from.newest().entrySet().stream()
            .filter(each -> each.getValue().value() != null)
            .map(Map.Entry::getKey)
            .toList();
    if (keys.isEmpty()) {
      return;
    }
    byte[] key = keys.get(random.nextInt(keys.size())).get();
    if (random.nextBoolean()) {
      from.lose(key);
    } else {
      from.append(key, null, now, null);
    }
  }

  private void rules(boolean wantMutual) {
    mutual = wantMutual;
    indexer.want(RuleSet.of(mutual ? Set.of(Policy.MUTUAL) : Set.of()));
  }

  /**
   * Ends all faults, waits, and compares everything with the oracle. Where nothing was harmed, a
   * few heartbeats are all that it takes; where something was lost, the comparisons of topics;
   * where somebody wrote under the name of a host, the documents that collectors send every ten
   * minutes.
   */
  void heal() {
    indexer.tasks().forEach(FakeTask::start);
    onItsWay.forEach(each -> each.from.failed(each.sent));
    onItsWay.clear();
    leaving.forEach(this::sendAll);
    leaving.clear();
    for (SimulatedHost host : hosts) {
      host.haveOne(now);
      if (host.isRemoved()) {
        erase(host); // a document of it may have arrived after its removal
      } else if (host.wasRemoved()) {
        host.look(true); // its removal may have arrived after it was started again
      }
    }
    rounds(ROUNDS_OF_MACHINES);
    if (harms.contains(Step.Harm.FORGERY)) {
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
    } else if (harms.contains(Step.Harm.FORGERY)) {
      rounds(ROUNDS_OF_SILENCE);
    } else {
      rounds(1);
    }
    observer.requireConverged(mutual);
  }

  /** An operator removes what Kafka has of a host. */
  private void erase(SimulatedHost host) {
    append(TOPICS.hostInventory().name(), RecordKeys.HOST.encode(host.name()), null);
    append(TOPICS.hostCapacity().name(), RecordKeys.HOST.encode(host.name()), null);
  }

  /** Heartbeats come every ten seconds, and each second what is due is done. */
  private void rounds(int count) {
    for (int round = 0; round < count; round++) {
      for (int second = 0; second < BEAT.toSeconds(); second++) {
        now += MOMENT.toMillis();
        tickAll();
        observer.readAll();
      }
      for (SimulatedHost host : hosts) {
        host.collectors().forEach(collector -> collector.voice().heartbeat());
        host.collectors().forEach(collector -> sendAll(collector.sender()));
      }
      settle();
      observer.readAll();
    }
  }

  private void sendAll(HandSender sender) {
    for (var next = sender.take(); next.isPresent(); next = sender.take()) {
      worked++;
      append(next.get());
      sender.arrived(next.get());
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
        now += JUDGE_TICK.toMillis();
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
