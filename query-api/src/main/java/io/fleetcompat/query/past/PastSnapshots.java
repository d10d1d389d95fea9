package io.fleetcompat.query.past;

import io.fleetcompat.query.replica.PastViewBuilder;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Snapshots of the past, the last few of which are kept. What one costs depends on how much has
 * changed since, not on the fleet. Any thread; one is made at a time, and one that is kept does not
 * wait for that.
 */
public final class PastSnapshots {

  /**
   * Most that are kept: each holds what it does not share with the view of now. Whoever looks into
   * the past asks many things about one time, and compares two.
   */
  static final int MOST = 4;

  private static final Duration CATCH_UP = Duration.ofSeconds(5);

  private final Replica replica;
  private final ChangeLog changes;
  private final Topics topics;
  private final Clock clock;
  private final ReentrantLock making = new ReentrantLock();
  private final LastSnapshots kept = new LastSnapshots(MOST);

  public PastSnapshots(Replica replica, ChangeLog changes, Topics topics, Clock clock) {
    this.replica = replica;
    this.changes = changes;
    this.topics = topics;
    this.clock = clock;
  }

  /** The index at some time, or why nobody can tell. */
  public sealed interface Answer {

    /** The index as it was; {@link Snapshot#asOf} is the time. */
    record Found(Snapshot snapshot) implements Answer {}

    /** The time is not past. */
    record Ahead(Instant now) implements Answer {}

    /** Not all changes since then are known any more. */
    record TooOld(Instant since) implements Answer {}

    /** The history has not begun, or is being read from its beginning. */
    record NotBegun() implements Answer {}

    /** The index, or its history, is behind. */
    record Behind(String what) implements Answer {}
  }

  /**
   * The index as it was at a time.
   *
   * @throws InterruptedException where the process ends
   */
  public Answer at(Instant time) throws InterruptedException {
    Instant now = clock.instant();
    if (time.isAfter(now)) {
      return new Answer.Ahead(now);
    }
    Optional<Instant> since = changes.completeSince();
    if (since.isEmpty()) {
      return new Answer.NotBegun();
    }
    if (time.isBefore(since.get())) {
      return new Answer.TooOld(since.get());
    }
    Optional<Snapshot> known = kept.find(time);
    return known.isPresent() ? new Answer.Found(known.get()) : makeAlone(time);
  }

  private Answer makeAlone(Instant time) throws InterruptedException {
    if (!making.tryLock(CATCH_UP.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Answer.Behind("the past is being looked into by others");
    }
    try {
      Optional<Snapshot> known = kept.find(time); // another may have made it meanwhile
      return known.isPresent() ? new Answer.Found(known.get()) : make(time);
    } finally {
      making.unlock();
    }
  }

  /**
   * The snapshot of now first, then the changes: those that it has are then among them. Changes
   * that it does not have are undone to what it has.
   */
  private Answer make(Instant time) throws InterruptedException {
    long millis = time.toEpochMilli();
    Optional<Snapshot> now = replica.await(s -> s.ready() && s.asOf() >= millis, CATCH_UP);
    if (now.isEmpty()) {
      return new Answer.Behind("the index is behind that time");
    }
    if (!changes.awaitCurrent(CATCH_UP)) {
      return new Answer.Behind("the history is being read");
    }
    PastViewBuilder builder = new PastViewBuilder(now.get().view(), time, topics);
    changes.undo(millis, builder::putBack);
    Optional<Instant> since = changes.completeSince(); // the oldest may have been dropped meanwhile
    if (since.isEmpty() || time.isBefore(since.get())) {
      return since.<Answer>map(Answer.TooOld::new).orElseGet(Answer.NotBegun::new);
    }
    Snapshot past = new Snapshot(builder.build(), now.get().revision(), millis, 0, true);
    kept.add(past);
    return new Answer.Found(past);
  }
}
