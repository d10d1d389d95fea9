package io.fleetcompat.oracle.simulated;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.oracle.NaiveVerdict;
import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.VerdictForm;
import io.fleetcompat.query.replica.HandReplica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.settings.SteadyClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * A client of one replica, which asks everything there is to ask, and knows what may be answered:
 * what the replica has read of heartbeats, and what hosts really were. One thread.
 */
final class Observer {

  /** Most that a view may be behind a document that a heartbeat has named. */
  private static final long MAX_BEHIND = HeardSightings.MAX_BEHIND.toMillis();

  private static final long STALE_AFTER = FakeIndexer.LIVENESS.staleAfter().toMillis();

  private static final String PLAIN = RuleSet.of(Set.of()).toString();
  private static final String MUTUAL = RuleSet.of(Set.of(Policy.MUTUAL)).toString();

  private final FakeLog log;
  private final Topics topics;
  private final List<SimulatedHost> hosts;
  private final Catalogue catalogue;
  private final LongSupplier clock;

  /** Longest that a record may be on its way, and a replica may not read. */
  private final long slack;

  private final List<Checks.Pair> pairs = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Outcome, Long> answers = new EnumMap<>(Outcome.class);
  private long revision;
  private LogConsumer consumer;
  private HandReplica replica;
  private Checks<Verdict> checks;
  private List<List<Named>> named = new ArrayList<>();
  private List<Gone> gone = new ArrayList<>();
  private long[] lastBeat = {};
  private long startedAt;
  private long wallAhead;
  private long caughtUpAt;

  /**
   * The last removal of a host that the replica has read.
   *
   * @param before the documents that were named until then
   */
  private record Gone(int before, long at) {}

  /** A document that a heartbeat named which the replica has read. */
  private record Named(DocumentVersion version, long at) {}

  Observer(
      FakeLog log,
      Topics topics,
      List<SimulatedHost> hosts,
      Catalogue catalogue,
      LongSupplier clock,
      Duration slack) {
    this.log = log;
    this.topics = topics;
    this.hosts = hosts;
    this.catalogue = catalogue;
    this.clock = clock;
    this.slack = slack.toMillis();
    for (int i = 0; i < hosts.size(); i++) {
      numbers.put(hosts.get(i).name(), i);
    }
    for (SimulatedHost source : hosts) {
      for (int from = 0; from < catalogue.places(); from++) {
        for (SimulatedHost destination : hosts) {
          for (int to = 0; to < catalogue.places(); to++) {
            pairs.add(
                new Checks.Pair(
                    EndpointReference.parse(source.name() + "/" + catalogue.name(from)),
                    EndpointReference.parse(destination.name() + "/" + catalogue.name(to))));
          }
        }
      }
    }
    start(0);
  }

  /** The replica starts, with a wall clock that is ahead by so much. */
  void start(long wallAheadBy) {
    startedAt = clock.getAsLong();
    caughtUpAt = startedAt;
    wallAhead = wallAheadBy;
    named = new ArrayList<>();
    gone = new ArrayList<>();
    hosts.forEach(host -> named.add(new ArrayList<>()));
    hosts.forEach(host -> gone.add(new Gone(0, 0)));
    lastBeat = new long[hosts.size()];
    consumer = new LogConsumer(log, topics.hostCapacity().name(), this::read);
    SteadyClock steady =
        new SteadyClock(
            () -> java.time.Instant.ofEpochMilli(clock.getAsLong() + wallAheadBy),
            () -> TimeUnit.MILLISECONDS.toNanos(clock.getAsLong()));
    replica = new HandReplica(topics, consumer, new OneCluster(log), steady);
    HeardSightings sightings =
        new HeardSightings(
            replica.lastSeen(),
            FakeIndexer.LIVENESS.staleAfter(),
            FakeIndexer.LIVENESS.lostAfter(),
            replica.clock());
    checks = new Checks<>(new PairVerdicts<>(new AsItIs()), sightings);
  }

  /** Verdicts as the judge gives them. */
  private static final class AsItIs implements VerdictForm<Verdict> {
    @Override
    public Verdict of(Verdict verdict, Optional<Rank> rank) {
      return verdict;
    }

    @Override
    public int weight(Verdict form) {
      return 100;
    }
  }

  private void read(TopicPartition partition, Entry entry) {
    if (!partition.topic().equals(topics.hostCapacity().name()) || entry.key() == null) {
      return;
    }
    Integer host = numbers.get(new String(entry.key(), StandardCharsets.UTF_8));
    if (host == null) {
      return;
    }
    if (entry.value() == null) {
      gone.set(host, new Gone(named.get(host).size(), entry.timestamp()));
      return;
    }
    try {
      HostCapacity heartbeat = Codecs.HOST_CAPACITY.decode(entry.value());
      if (heartbeat.getHost().equals(hosts.get(host).name())) {
        named.get(host).add(new Named(DocumentVersion.of(heartbeat), entry.timestamp()));
        lastBeat[host] = entry.timestamp();
      }
    } catch (BadRecordException e) {
      // nobody can say what it was
    }
  }

  /** The replica reads some records. */
  void step(int most, long entropy) {
    consumer.next(most, entropy);
    replica.step();
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
      consumer.next(Integer.MAX_VALUE, 0);
      replica.step();
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
    long fleetNow = replica.clock().millis();
    require(
        snapshot.asOf() <= fleetNow, () -> "as of %d, at %d".formatted(snapshot.asOf(), fleetNow));
    long now = clock.getAsLong();
    require(
        fleetNow <= Math.max(now, now + wallAhead),
        () -> "the clock shows %d at %d".formatted(fleetNow, now));
    long[] believable = believable(now, fleetNow);
    boolean mutual = snapshot.view().ruleSet().equals(Optional.of(MUTUAL));
    int i = 0;
    for (Checks.Result<Verdict> result : checks.check(snapshot.view(), pairs, Deadline.NONE)) {
      if (result instanceof Checks.Result.Checked<Verdict>(var pair, var check)) {
        check(pair, check, i, believable, mutual, fleetNow);
      }
      i++;
    }
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
    int places = catalogue.places();
    int source = number / (hosts.size() * places);
    int destination = number % (hosts.size() * places);
    for (int side : new int[] {source / places, destination / places}) {
      require(
          fleetNow - lastBeat[side] <= STALE_AFTER,
          () ->
              "%s is %s, and %s was last heard %d ms ago"
                  .formatted(pair, outcome, hosts.get(side).name(), fleetNow - lastBeat[side]));
    }
    require(
        mayBe(outcome, believable[source], believable[destination], mutual),
        () ->
            "%s is %s, seen %s and %s at %d: no document that its hosts vouch for says so; named %s, gone %s, placed %s"
                .formatted(
                    pair,
                    outcome,
                    check.sourceSeen(),
                    check.destinationSeen(),
                    fleetNow,
                    named.get(source / places),
                    gone.get(source / places),
                    replica.placed(hosts.get(source / places).name())));
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

  /**
   * The contents that each place of each host may be answered by, as bits: a heartbeat that was
   * read names a document with it, no newer one was named for longer than a view may be behind, and
   * the host was so not longer ago than anything may take.
   */
  private long[] believable(long now, long fleetNow) {
    int places = catalogue.places();
    long[] bits = new long[hosts.size() * places];
    long bound = now - STALE_AFTER - slack;
    if (wallAhead < 0 && now - startedAt <= STALE_AFTER + slack) {
      bound = Long.MIN_VALUE; // a clock that is behind may take old heartbeats for new ones
    }
    for (int h = 0; h < hosts.size(); h++) {
      List<Named> all = named.get(h);
      Gone end = gone.get(h);
      boolean ended = fleetNow - end.at > MAX_BEHIND;
      for (Named each : all.subList(ended ? end.before : 0, all.size())) {
        Optional<int[]> contents = hosts.get(h).document(each.version);
        if (contents.isPresent() && !superseded(each.version, all, fleetNow)) {
          for (int p = 0; p < places; p++) {
            int content = contents.get()[p];
            if (content != SimulatedHost.NOTHING) {
              bits[h * places + p] |= 1L << content;
            }
          }
        }
      }
      for (int p = 0; p < places; p++) {
        bits[h * places + p] &= hosts.get(h).since(p, bound);
      }
    }
    return bits;
  }

  private static boolean superseded(DocumentVersion version, List<Named> all, long fleetNow) {
    for (Named other : all) {
      if (other.version.isNewerThan(version) && fleetNow - other.at > MAX_BEHIND) {
        return true;
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
    int places = catalogue.places();
    int i = 0;
    for (Checks.Result<Verdict> result : checks.check(snapshot.view(), pairs, Deadline.NONE)) {
      int source = i / (hosts.size() * places);
      int destination = i % (hosts.size() * places);
      int from = hosts.get(source / places).content(source % places);
      int to = hosts.get(destination / places).content(destination % places);
      boolean there = from != SimulatedHost.NOTHING && to != SimulatedHost.NOTHING;
      if (result instanceof Checks.Result.Checked<Verdict>(var pair, var check)) {
        require(there, () -> "%s is answered, and there is no such endpoint".formatted(pair));
        NaiveVerdict expected = catalogue.verdict(mutualWanted, from, to);
        Verdict verdict = check.silent().orElse(check.pair().form());
        require(
            expected.equals(naive(verdict, check)),
            () ->
                "%s: expected %s, found %s (%s, %s)"
                    .formatted(
                        pair, expected, verdict, check.sourceSeen(), check.destinationSeen()));
      } else {
        require(!there, () -> "%s is not answered: %s".formatted(result.pair(), result));
      }
      i++;
    }
  }

  private static NaiveVerdict naive(Verdict found, Checks.Check<Verdict> check) {
    Verdict verdict = found.withValues(check.source().dynamic());
    SortedSet<String> rules = new TreeSet<>();
    verdict.reasons().forEach(reason -> rules.add(reason.rule().toString()));
    SortedMap<String, Optional<String>> obligations = new TreeMap<>();
    verdict.obligations().forEach(o -> obligations.put(o.attribute(), o.value()));
    SortedSet<String> warnings = new TreeSet<>();
    verdict
        .warnings()
        .forEach(warning -> warnings.add(warning.rule() + " " + warning.attribute().orElse("")));
    return new NaiveVerdict(
        NaiveVerdict.Outcome.valueOf(verdict.outcome().name()), rules, obligations, warnings);
  }

  /** The number of answers so far that had this outcome. */
  long answers(Outcome outcome) {
    return answers.getOrDefault(outcome, 0L);
  }

  /** The log's size when a replica has read it: part of what tells two runs apart. */
  long revision() {
    return revision;
  }

  private static void require(boolean holds, Supplier<String> what) {
    if (!holds) {
      throw new Violation(what.get());
    }
  }
}
