package io.fleetcompat.query.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.settings.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose clock may be set, and brokers whose clocks may be, too. */
class FleetClockTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** The time that really is. */
  private long truth = 1_700_000_000_000L;

  private long wallAhead;

  private FleetClock start() {
    return new FleetClock(
        new SteadyClock(
            () -> Instant.ofEpochMilli(truth + wallAhead),
            () -> TimeUnit.MILLISECONDS.toNanos(truth)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 0, 2})
  void withLiveHeartbeatsItIsTheBrokersClockWhateverThisMachinesIsSetTo(long hours) {
    wallAhead = hours * HOUR;
    FleetClock clock = start();
    assertThat(clock.millis()).isEqualTo(truth + wallAhead);
    clock.heard(truth, true);
    for (int i = 0; i < 200; i++) {
      truth += 1000;
      clock.heard(truth - i % 7, true);
      wallAhead = i % 5 * HOUR;
      assertThat(clock.millis()).isBetween(truth - 7, truth);
    }
    truth += 3 * HOUR;
    assertThat(clock.millis()).as("nobody is heard of").isBetween(truth - 7, truth);
    assertThat(clock.wallAhead().toMillis()).isBetween(4 * HOUR, 4 * HOUR + 7);
  }

  @Test
  void aClockThatIsBehindWhatTheTopicHoldsIsNotBelieved() {
    wallAhead = -2 * HOUR;
    FleetClock clock = start();
    clock.heard(truth - 50_000, false);
    clock.heard(truth - 90_000, false);
    assertThat(clock.millis()).isEqualTo(truth - 50_000);
    truth += 60_000;
    assertThat(clock.millis()).as("silent hosts grow older").isEqualTo(truth - 50_000);
    clock.heard(truth, true);
    assertThat(clock.millis()).isEqualTo(truth);
    clock.heard(truth + HOUR, false);
    assertThat(clock.millis()).isEqualTo(truth);
  }

  @Test
  void oldHeartbeatsDoNotSetItBack() {
    FleetClock clock = start();
    clock.heard(truth - 5 * HOUR, false);
    assertThat(clock.millis()).isEqualTo(truth);
  }

  @Test
  void aBrokersClockThatWasSetAheadAndBackIsFollowedWithinTwoMinutes() {
    FleetClock clock = start();
    clock.heard(truth, true);
    clock.heard(truth + 2 * HOUR, true);
    assertThat(clock.millis()).isEqualTo(truth + 2 * HOUR);
    for (int i = 0; i < 121; i++) {
      truth += 1000;
      clock.heard(truth, true);
    }
    assertThat(clock.millis()).isEqualTo(truth);
  }
}
