package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.settings.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final ClockWatch watch =
      new ClockWatch(new SteadyClock(() -> Instant.ofEpochMilli(wall.get()), () -> 0));

  @Test
  void eachStepIsSaidOnceAndSmallOnesAreNot() {
    assertThat(watch.look()).isZero();
    wall.addAndGet(1500);
    assertThat(watch.look()).isZero();
    wall.addAndGet(Duration.ofHours(-2).toMillis());
    assertThat(watch.look()).isEqualTo(Duration.ofHours(-2).plusMillis(1500));
    assertThat(watch.look()).isZero();
    wall.addAndGet(Duration.ofHours(2).toMillis());
    assertThat(watch.look()).isEqualTo(Duration.ofHours(2));
  }
}
