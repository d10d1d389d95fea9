package io.fleetcompat.cli.up;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The pauses before a part that has died is started again: none at first, then each twice as long
 * as the one before, up to a bound. A part that ran for a while begins anew. So it is the rate of
 * starts that is bounded, and not their number. One thread.
 */
final class RestartPauses {

  /** The pause before the second start in a row. */
  static final Duration FIRST = Duration.ofMillis(500);

  /** The longest pause. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** The time after which a part that was started counts as one that runs. */
  static final Duration STEADY = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private Duration next = Duration.ZERO;

  /** The time of the last start, or of the last failure after it. */
  private long changedAt;

  RestartPauses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.changedAt = nanoTime.getAsLong();
  }

  /** The part has been started. */
  void started() {
    changedAt = nanoTime.getAsLong();
  }

  /** The part has died, or could not be started: the pause before it is started the next time. */
  Duration next() {
    long now = nanoTime.getAsLong();
    if (now - changedAt >= STEADY.toNanos()) {
      next = Duration.ZERO;
    }
    changedAt = now;
    Duration pause = next;
    Duration longer = pause.isZero() ? FIRST : pause.multipliedBy(2);
    next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    return pause;
  }
}
