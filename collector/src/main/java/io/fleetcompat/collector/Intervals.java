package io.fleetcompat.collector;

import io.fleetcompat.settings.Times;
import java.time.Duration;

/**
 * The times at which a collector looks and speaks.
 *
 * @param rescan between full scans, whether or not anything was heard; with jitter
 * @param poll between looks at the signature of a root that is not live
 * @param refresh between whole documents though nothing changed; with jitter
 * @param heartbeat between signs of life
 * @param settle quiet time after a hint before the scan it causes
 * @param settleMost longest time that a stream of hints puts off a scan
 * @param late from a hinted scan to the second look, for attributes that drivers add late
 * @param resend time within which the whole document is sent again, at a moment by chance, where
 *     Kafka has lost it: so that a fleet does not send all of it at once
 * @param use between looks at which devices processes have open
 */
public record Intervals(
    Duration rescan,
    Duration poll,
    Duration refresh,
    Duration heartbeat,
    Duration settle,
    Duration settleMost,
    Duration late,
    Duration resend,
    Duration use) {

  public static final Intervals DEFAULT =
      new Intervals(
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  public Intervals {
    for (Duration interval :
        new Duration[] {rescan, poll, refresh, heartbeat, settle, settleMost, late, resend, use}) {
      if (!interval.isPositive()) {
        throw new IllegalArgumentException(
            "expected intervals above 0, found " + Times.print(interval));
      }
    }
  }
}
