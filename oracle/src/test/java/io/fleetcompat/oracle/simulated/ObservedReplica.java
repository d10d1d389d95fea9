package io.fleetcompat.oracle.simulated;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.VerdictForm;
import io.fleetcompat.query.replica.HandReplica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.SteadyClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One start of a replica: what it reads, and what it answers. One thread. */
final class ObservedReplica {

  private final LogConsumer consumer;
  private final HandReplica replica;
  private final Checks<Verdict> checks;

  /**
   * @param wallAhead the milliseconds by which its wall clock is ahead
   * @param key by which heartbeats are known to be their hosts'; empty where nobody asks
   */
  ObservedReplica(
      FakeLog log,
      Topics topics,
      LogConsumer consumer,
      LongSupplier clock,
      long wallAhead,
      Optional<HeartbeatKey> key) {
    this.consumer = consumer;
    SteadyClock steady =
        new SteadyClock(
            () -> Instant.ofEpochMilli(clock.getAsLong() + wallAhead),
            () -> TimeUnit.MILLISECONDS.toNanos(clock.getAsLong()));
    this.replica = new HandReplica(topics, consumer, new OneCluster(log), steady, key);
    HeardSightings sightings =
        new HeardSightings(
            replica.lastSeen(),
            FakeIndexer.LIVENESS.staleAfter(),
            FakeIndexer.LIVENESS.lostAfter(),
            replica.clock());
    this.checks = new Checks<>(new PairVerdicts<>(new AsItIs()), sightings);
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

  /** Reads at most so many records, of partitions in an order that follows this. */
  void read(int most, long order) {
    consumer.next(most, order);
    replica.step();
  }

  Snapshot snapshot() {
    return replica.snapshot();
  }

  /** The time by its clock, in milliseconds since 1970. */
  long now() {
    return replica.clock().millis();
  }

  List<Checks.Result<Verdict>> ask(List<Checks.Pair> pairs) {
    return checks.check(replica.snapshot().view(), pairs, Deadline.NONE);
  }

  /** The digest of the document that a host is placed by. */
  Optional<DocumentDigest> document(String host) {
    return replica.document(host);
  }

  /** The document that a host is placed by, as people read it. */
  String placed(String host) {
    return replica.placed(host);
  }
}
