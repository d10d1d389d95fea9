package io.fleetcompat.query.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of bytes that all connections share, in steps of a KiB. Any thread. */
final class ByteBudget {

  /** Most that wait for some at once: more would keep the processors from those who have some. */
  static final int MOST_WAITING = 256;

  private final int most;
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();

  ByteBudget(long bytes) {
    this.most = Math.max(1, (int) Math.min(Integer.MAX_VALUE, bytes >> 10));
    this.free = new Semaphore(most, true); // fair: who wants much must not wait for ever
  }

  /** The steps that hold so many bytes; all there are where there are fewer. */
  int steps(long bytes) {
    return (int) Math.min(most, (bytes + 1023) >> 10);
  }

  /** All steps there are. */
  int most() {
    return most;
  }

  boolean take(int steps) {
    return free.tryAcquire(steps);
  }

  /**
   * Waits for steps until they are free, but no longer than told, nor after an interrupt, nor where
   * too many wait.
   */
  boolean take(int steps, Duration atMost) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return take(steps);
    }
    try {
      return free.tryAcquire(steps, atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
    }
  }

  void give(int steps) {
    free.release(steps);
  }

  /** Those who wait. */
  int waiting() {
    return waiting.get();
  }

  /** Bytes that are taken. */
  long taken() {
    return (long) (most - free.availablePermits()) << 10;
  }
}
