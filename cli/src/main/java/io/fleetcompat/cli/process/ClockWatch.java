package io.fleetcompat.cli.process;

import io.fleetcompat.settings.SteadyClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look at whether somebody has set this machine's clock, which is said once each time. */
public final class ClockWatch {

  /** A step that nobody needs to know of. */
  private static final Duration SMALL = Duration.ofSeconds(2);

  private final SteadyClock clock;
  private Duration told = Duration.ZERO;

  public ClockWatch(SteadyClock clock) {
    this.clock = clock;
  }

  /** Looks; gives by how much the clock was set since the last look, zero where it was not. */
  public Duration look() {
    Duration ahead = clock.wallAhead();
    Duration step = ahead.minus(told);
    if (step.abs().compareTo(SMALL) <= 0) {
      return Duration.ZERO;
    }
    told = ahead;
    // No constant: `up` says where its log goes before the first logger is made.
    Logger log = LoggerFactory.getLogger(ClockWatch.class);
    log.warn(
        "this machine's clock was set by {} s; ages and time-outs here go by the time that really"
            + " goes by, and are not touched",
        step.toMillis() / 1000.0);
    return step;
  }
}
