package io.fleetcompat.oracle.simulated;

import static io.fleetcompat.oracle.simulated.Violation.require;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * A client of one replica, which asks everything there is to ask, and knows what may be answered:
 * what the replica has read of heartbeats, and what hosts really were. One thread.
 */
final class Observer {

  private static final long STALE_AFTER = FakeIndexer.LIVENESS.staleAfter().toMillis();

  private static final String PLAIN = RuleSet.of(Set.of()).toString();
  private static final String MUTUAL = RuleSet.of(Set.of(Policy.MUTUAL)).toString();

  private final FakeLog log;
  private final Topics topics;
  private final List<SimulatedHost> hosts;
  private final Catalogue catalogue;
  private final LongSupplier clock;
  private final Optional<KeyRegistry> registry;

  /** Longest that a record may be on its way, and a replica may not read. */
  private final long slack;

  private final Pairs pairs;
  private final Convergence convergence;
  private final Map<Outcome, Long> answers = new EnumMap<>(Outcome.class);
  private long revision;
  private ObservedReplica replica;
  private ReadHeartbeats heartbeats;

  /** Heartbeats that the replica is just reading. */
  private final List<Entry> beats = new ArrayList<>();

  private long startedAt;
  private long wallAhead;
  private long caughtUpAt;

  Observer(
      FakeLog log,
      Topics topics,
      List<SimulatedHost> hosts,
      Catalogue catalogue,
      LongSupplier clock,
      Duration slack,
      Optional<KeyRegistry> registry) {
    this.log = log;
    this.topics = topics;
    this.hosts = hosts;
    this.catalogue = catalogue;
    this.clock = clock;
    this.slack = slack.toMillis();
    this.registry = registry;
    this.pairs = new Pairs(hosts, catalogue);
    this.convergence = new Convergence(hosts, catalogue, pairs, registry);
    start(0);
  }

  /** The replica starts, with a wall clock that is ahead by so much. */
  void start(long wallAheadBy) {
    startedAt = clock.getAsLong();
    caughtUpAt = startedAt;
    wallAhead = wallAheadBy;
    heartbeats = new ReadHeartbeats(hosts, catalogue.places(), registry);
    replica =
        new ObservedReplica(
            log,
            topics,
            new LogConsumer(log, topics.hostCapacity().name(), this::read),
            clock,
            wallAheadBy,
            registry.map(keys -> keys.fleet().heartbeats()));
  }

  private void read(TopicPartition partition, Entry entry) {
    if (partition.topic().equals(topics.keys().name())) {
      heartbeats.readKey(entry);
    } else if (partition.topic().equals(topics.hostCapacity().name())) {
      beats.add(entry);
    }
  }

  private void readOn(int most, long entropy) {
    replica.read(most, entropy);
    // Keys count before the heartbeats that are read with them.
    beats.forEach(heartbeats::read);
    beats.clear();
  }

  /** The replica reads some records. */
  void step(int most, long entropy) {
    readOn(most, entropy);
    if (replica.snapshot().lag() == 0) {
      caughtUpAt = clock.getAsLong();
    }
    check();
  }

  /** Reads all there is, where it has not for long. */
  void catchUp(Duration atMost) {
    if (clock.getAsLong() - caughtUpAt > atMost.toMillis()) {
      readAll();
    }
  }

  void readAll() {
    do {
      readOn(Integer.MAX_VALUE, 0);
    } while (replica.snapshot().lag() > 0);
    caughtUpAt = clock.getAsLong();
    check();
  }

  /** Everything that must hold at any time. */
  void check() {
    Snapshot snapshot = replica.snapshot();
    if (!snapshot.ready()) {
      return;
    }
    require(
        snapshot.revision() >= revision,
        () -> "the revision went back from %d to %d".formatted(revision, snapshot.revision()));
    revision = snapshot.revision();
    long fleetNow = replica.now();
    require(
        snapshot.asOf() <= fleetNow, () -> "as of %d, at %d".formatted(snapshot.asOf(), fleetNow));
    long now = clock.getAsLong();
    require(
        fleetNow <= Math.max(now, now + wallAhead),
        () -> "the clock shows %d at %d".formatted(fleetNow, now));
    registry.ifPresent(this::requireNoLies);
    long[] believable = heartbeats.believable(bound(now), fleetNow);
    boolean mutual = snapshot.view().ruleSet().equals(Optional.of(MUTUAL));
    int i = 0;
    for (Checks.Result<Verdict> result : replica.ask(pairs.all())) {
      if (result instanceof Checks.Result.Checked<Verdict>(var pair, var check)) {
        check(pair, check, i, believable, mutual, fleetNow);
      }
      i++;
    }
  }

  /** What somebody else says is never placed, unless he has a key of the host that counted once. */
  private void requireNoLies(KeyRegistry keys) {
    for (SimulatedHost host : hosts) {
      if (keys.stolen(host.name()).isEmpty()) {
        require(
            replica.document(host.name()).filter(placed -> !host.hasSaid(placed)).isEmpty(),
            () -> "%s is placed by a lie: %s".formatted(host.name(), replica.placed(host.name())));
      }
    }
  }

  /** The time since which a host was what it is answered by: not longer ago than anything takes. */
  private long bound(long now) {
    // A clock that is behind may take old heartbeats for new ones.
    boolean isUnbound = wallAhead < 0 && now - startedAt <= STALE_AFTER + slack;
    return isUnbound ? Long.MIN_VALUE : now - STALE_AFTER - slack;
  }

  private void check(
      Checks.Pair pair,
      Checks.Check<Verdict> check,
      int number,
      long[] believable,
      boolean mutual,
      long fleetNow) {
    Verdict verdict = check.silent().orElse(check.pair().form());
    Outcome outcome = verdict.outcome();
    answers.merge(outcome, 1L, Long::sum);
    require(
        (outcome == Outcome.COMPATIBLE) == verdict.reasons().isEmpty(),
        () -> "%s without reason, or with: %s".formatted(pair, verdict));
    boolean fresh = check.sourceSeen().isFresh() && check.destinationSeen().isFresh();
    if (outcome == Outcome.UNKNOWN || (outcome == Outcome.INCOMPATIBLE && !fresh)) {
      return;
    }
    Pairs.Side source = pairs.source(number);
    Pairs.Side destination = pairs.destination(number);
    if (heartbeats.isStolen(source.host()) || heartbeats.isStolen(destination.host())) {
      return;
    }
    requireHeard(pair, outcome, source.host(), fleetNow);
    requireHeard(pair, outcome, destination.host(), fleetNow);
    require(
        mayBe(outcome, believable[source.endpoint()], believable[destination.endpoint()], mutual),
        () ->
            "%s is %s, seen %s and %s at %d: no document that its hosts vouch for says so; %s, placed %s"
                .formatted(
                    pair,
                    outcome,
                    check.sourceSeen(),
                    check.destinationSeen(),
                    fleetNow,
                    heartbeats.about(source.host()),
                    replica.placed(hosts.get(source.host()).name())));
  }

  private void requireHeard(Checks.Pair pair, Outcome outcome, int host, long fleetNow) {
    long silence = fleetNow - heartbeats.last(host);
    require(
        silence <= STALE_AFTER,
        () ->
            "%s is %s, and %s was last heard %d ms ago"
                .formatted(pair, outcome, hosts.get(host).name(), silence));
  }

  private boolean mayBe(Outcome outcome, long sources, long destinations, boolean mutual) {
    for (long s = sources; s != 0; s &= s - 1) {
      for (long d = destinations; d != 0; d &= d - 1) {
        int source = Long.numberOfTrailingZeros(s);
        int destination = Long.numberOfTrailingZeros(d);
        if (catalogue
            .verdict(mutual, source, destination)
            .outcome()
            .name()
            .equals(outcome.name())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Nothing has happened for long: the answers are what the oracle says of hosts as they are. */
  void requireConverged(boolean mutualWanted) {
    Snapshot snapshot = replica.snapshot();
    require(snapshot.ready(), () -> "the replica is not ready");
    require(
        snapshot.view().ruleSet().equals(Optional.of(mutualWanted ? MUTUAL : PLAIN)),
        () -> "the rules are %s".formatted(snapshot.view().ruleSet()));
    convergence.require(replica.ask(pairs.all()), mutualWanted);
  }

  /** The number of answers so far that had this outcome. */
  long answers(Outcome outcome) {
    return answers.getOrDefault(outcome, 0L);
  }

  /** The log's size when a replica has read it: part of what tells two runs apart. */
  long revision() {
    return revision;
  }
}
