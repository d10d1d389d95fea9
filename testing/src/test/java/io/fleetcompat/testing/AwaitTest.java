package io.fleetcompat.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

  @Test
  void looksAgainUntilItHoldsWhateverFailedBefore() {
    AtomicInteger looks = new AtomicInteger();
    int seen =
        Await.until(
            "a third look",
            Duration.ofSeconds(10),
            () -> {
              if (looks.incrementAndGet() < 2) {
                throw new IOException("not yet");
              }
              return looks.get();
            },
            count -> count == 3);
    assertThat(seen).isEqualTo(3);
  }

  @Test
  void saysWhatWasSeenLastWhenTheDeadlinePasses() {
    assertThatThrownBy(() -> Await.until("a horse", Duration.ZERO, () -> "cow", "horse"::equals))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected a horse")
        .hasMessageContaining("found cow");
  }
}
