package io.fleetcompat.oracle.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The time of everybody, in milliseconds since 1970: a number that steps advance. One thread. */
final class SimulatedTime implements LongSupplier {

  private long now = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();

  @Override
  public long getAsLong() {
    return now;
  }

  void advance(Duration by) {
    now += by.toMillis();
  }
}
