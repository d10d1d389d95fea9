package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.IndexChange.HostHeard;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The newest snapshot, for whoever answers from it. One thread publishes; any number read and wait.
 */
public final class Replica {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private final LastSeen lastSeen = new LastSeen();
  private volatile Snapshot snapshot;

  public Replica(IndexView view) {
    snapshot = new Snapshot(view, 0, 0, 0, false);
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public LastSeen lastSeen() {
    return lastSeen;
  }

  /** Makes this the newest snapshot. */
  public void publish(Snapshot next) {
    lock.lock();
    try {
      snapshot = next;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes note of what a change says of when its host was heard. */
  void hear(IndexChange change) {
    if (change instanceof HostHeard(String host, HostCapacity capacity, long at)) {
      seen(host, at, DocumentId.of(capacity));
    } else if (change instanceof HostRemoved(String host, long at)) {
      gone(host, at);
    }
  }

  /** A host's heartbeat came, and named a document. */
  public void seen(String host, long atMillis, DocumentId document) {
    Optional<DocumentId> placed =
        Optional.ofNullable(snapshot.view().fleet().find(host)).map(h -> h.placed().document());
    int id = number(host);
    lastSeen.set(id, lastSeen.get(id).and(atMillis, document, placed));
  }

  /**
   * A host was removed. It is numbered although it may never come back: a replica that starts may
   * read its placement, of which an indexer that is down has made no end, after this.
   */
  public void gone(String host, long atMillis) {
    int id = number(host);
    lastSeen.set(id, lastSeen.get(id).gone(atMillis));
  }

  private int number(String host) {
    return snapshot.view().fleet().names().number(host);
  }

  /**
   * Waits until a snapshot is enough, for a test that is cheap; returns that snapshot, and empty
   * where none was in time.
   */
  public Optional<Snapshot> await(Predicate<Snapshot> enough, Duration atMost)
      throws InterruptedException {
    Snapshot newest = snapshot;
    if (enough.test(newest)) {
      return Optional.of(newest);
    }
    long left = atMost.toNanos();
    lock.lock();
    try {
      newest = snapshot;
      while (!enough.test(newest) && left > 0) {
        left = advanced.awaitNanos(left);
        newest = snapshot;
      }
      return Optional.of(newest).filter(enough);
    } finally {
      lock.unlock();
    }
  }
}
