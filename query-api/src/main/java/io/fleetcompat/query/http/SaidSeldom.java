package io.fleetcompat.query.http;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A limit on what callers can make the log say: once a minute, however often they do it. */
final class SaidSeldom {

  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private boolean said;
  private long last;
  private long times;

  /**
   * @param nanos as {@link System#nanoTime()}
   */
  SaidSeldom(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Counts one more. Where it may be said now: how many there were since it was said last, with
   * this one.
   */
  synchronized OptionalLong once() {
    times++;
    long now = nanos.getAsLong();
    if (said && now - last < PAUSE) {
      return OptionalLong.empty();
    }
    OptionalLong unsaid = OptionalLong.of(times);
    said = true;
    last = now;
    times = 0;
    return unsaid;
  }
}
