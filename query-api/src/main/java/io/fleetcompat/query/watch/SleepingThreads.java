package io.fleetcompat.query.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The threads that wait for the next event, each by itself. Any thread. */
final class SleepingThreads {

  private final Set<Thread> asleep = ConcurrentHashMap.newKeySet();

  /** Waits until it is woken, is interrupted, or the time is over; not where it need not sleep. */
  void sleep(BooleanSupplier awake, long nanos) {
    Thread thread = Thread.currentThread();
    asleep.add(thread);
    try {
      if (!awake.getAsBoolean()) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      asleep.remove(thread);
    }
  }

  /** Wakes all, after what they wait for is there. */
  void wake() {
    asleep.forEach(LockSupport::unpark);
  }
}
