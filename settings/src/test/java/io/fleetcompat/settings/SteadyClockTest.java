package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final SteadyClock clock =
      new SteadyClock(() -> Instant.ofEpochMilli(wall.get()), nanos::get);

  @Test
  void itGoesOnAsTimeGoesByWhateverTheWallClockIsSetTo() {
    assertThat(clock.millis()).isEqualTo(1_700_000_000_000L);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    wall.addAndGet(Duration.ofHours(-2).toMillis());
    assertThat(clock.millis()).isEqualTo(1_700_000_005_000L);
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(1_700_000_005_000L));
    assertThat(clock.wallAhead()).isEqualTo(Duration.ofHours(-2).minusSeconds(5));
    wall.set(1_700_000_005_000L);
    assertThat(clock.wallAhead()).isZero();
  }
}
