package io.fleetcompat.query.past;

import io.fleetcompat.query.replica.Snapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The snapshots of the past that were asked for last, by their times. Any thread. */
final class LastSnapshots {

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Long, Snapshot> byTime = new LinkedHashMap<>(16, 0.75f, true);

  LastSnapshots(int most) {
    this.most = most;
  }

  Optional<Snapshot> find(Instant time) {
    lock.lock();
    try {
      return Optional.ofNullable(byTime.get(time.toEpochMilli()));
    } finally {
      lock.unlock();
    }
  }

  void add(Snapshot past) {
    lock.lock();
    try {
      byTime.put(past.asOf(), past);
      while (byTime.size() > most) {
        byTime.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }
}
