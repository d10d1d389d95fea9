package io.fleetcompat.collector.publish;

import java.time.Duration;

/** The waiting time after failures: doubled by each, up to a bound. Any number of threads. */
final class Backoff {

  private final long first;
  private final long last;
  private long millis;

  Backoff(Duration first, Duration last) {
    this.first = first.toMillis();
    this.last = last.toMillis();
  }

  synchronized void succeeded() {
    millis = 0;
    notifyAll();
  }

  /** Makes the waiting time longer; true for the first failure since something succeeded. */
  synchronized boolean failed() {
    boolean began = millis == 0;
    millis = Math.min(last, Math.max(first, millis * 2));
    return began;
  }

  /** Waits as long as the last failure demands; a success ends it. */
  @SuppressWarnings("WaitNotInLoop") // waking early does no harm
  synchronized void sleep() throws InterruptedException {
    if (millis > 0) {
      wait(millis);
    }
  }
}
