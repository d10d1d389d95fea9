package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SaidSeldomTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void itIsSaidOnceAMinuteWithTheNumberOfThoseUnsaid() {
    SaidSeldom seldom = new SaidSeldom(nanos::get);
    assertThat(seldom.once()).hasValue(1);
    assertThat(seldom.once()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(59).toNanos()); // beyond the largest number
    assertThat(seldom.once()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(seldom.once()).hasValue(3);
    assertThat(seldom.once()).isEmpty();
  }
}
