package io.fleetcompat.indexer;

import io.fleetcompat.settings.SteadyClock;
import org.apache.kafka.common.utils.Time;

/**
 * The time of Kafka Streams, and of all that it calls: a wall clock that is set back would keep its
 * punctuators from running, and make silent hosts live, for as long as it was set back. Any thread.
 */
final class SteadyTime implements Time {

  private final SteadyClock clock;

  SteadyTime(SteadyClock clock) {
    this.clock = clock;
  }

  @Override
  public long milliseconds() {
    return clock.millis();
  }

  @Override
  public long nanoseconds() {
    return Time.SYSTEM.nanoseconds();
  }

  @Override
  public void sleep(long millis) {
    Time.SYSTEM.sleep(millis);
  }
}
