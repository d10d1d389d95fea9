package io.fleetcompat.query.clock;

import io.fleetcompat.settings.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The brokers' clock as heartbeats show it, carried on by the time that really goes by: the age of
 * a heartbeat is measured with the clock that it was stamped by, and whoever sets this machine's
 * clock changes no age. Until a heartbeat has come that was sent since this process has read the
 * index, it is this machine's clock at the start, or the newest heartbeat's time where that is
 * later.
 *
 * <p>One thread tells it of heartbeats; any number read it.
 */
public final class FleetClock extends Clock {

  /** The time for which the brokers' newest time counts: their clocks may be set, too. */
  private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();

  private final SteadyClock steady;

  /** The milliseconds that are added to the steady clock. */
  private volatile long ahead;

  private boolean heardLive;
  private long windowBegan;
  private long greatest;
  private long greatestBefore;

  public FleetClock(SteadyClock steady) {
    this.steady = steady;
  }

  /**
   * Takes a heartbeat.
   *
   * @param stampedAt when a broker took it, by that broker's clock, in milliseconds since 1970
   * @param live false where it may have been there for any time before it was read
   */
  public void heard(long stampedAt, boolean live) {
    long now = steady.millis();
    long found = stampedAt - now;
    if (!live) {
      if (!heardLive && found > ahead) {
        ahead = found;
      }
      return;
    }
    if (!heardLive) {
      heardLive = true;
      windowBegan = now;
      greatest = found;
      greatestBefore = found;
    } else if (now - windowBegan >= WINDOW_MILLIS) {
      windowBegan = now;
      greatestBefore = greatest;
      greatest = found;
    } else {
      greatest = Math.max(greatest, found);
    }
    ahead = Math.max(greatest, greatestBefore);
  }

  /** Milliseconds since 1970. */
  @Override
  public long millis() {
    return steady.millis() + ahead;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** The time by which this machine's wall clock is ahead of this one; negative if it is behind. */
  public Duration wallAhead() {
    return steady.wallAhead().minusMillis(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the fleet's clock is of UTC");
  }
}
