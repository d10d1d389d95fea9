package io.fleetcompat.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A clock that shows the wall clock's time of when it was made, and since then the time that has
 * really gone by: whoever sets the wall clock does not move it. Ages and deadlines go by it. Any
 * thread.
 */
public final class SteadyClock extends Clock {

  private final InstantSource wall;
  private final LongSupplier nanos;
  private final long wallAtStart;
  private final long nanosAtStart;

  /** One that begins now. */
  public static SteadyClock start() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param nanos nanoseconds that only ever grow, from any beginning
   */
  public SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.wallAtStart = wall.millis();
    this.nanosAtStart = nanos.getAsLong();
  }

  /** Milliseconds since 1970. */
  @Override
  public long millis() {
    return wallAtStart + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - nanosAtStart);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** The time by which the wall clock is ahead of this one; negative where it is behind. */
  public Duration wallAhead() {
    return Duration.ofMillis(wall.millis() - millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a steady clock is of UTC");
  }
}
