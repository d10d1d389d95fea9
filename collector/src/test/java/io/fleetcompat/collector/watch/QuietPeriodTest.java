package io.fleetcompat.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuietPeriodTest {

  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger looks = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aBurstIsOneLookAndALateOne() {
    // Longer than a busy machine may hold this thread up within the burst.
    QuietPeriod period = period(Duration.ofSeconds(3), Duration.ofSeconds(60));
    for (int i = 0; i < 2000; i++) {
      period.hint();
    }
    Await.until("a look and a late one", () -> looks.get() == 2);
  }

  @Test
  void hintsWithoutEndDoNotPutOffTheLookForEver() {
    QuietPeriod period = period(Duration.ofSeconds(60), Duration.ofMillis(100));
    period.hint();
    Await.until(
        "a look",
        () -> {
          period.hint();
          return looks.get() >= 1;
        });
    assertThat(looks.get()).isGreaterThanOrEqualTo(1);
  }

  private QuietPeriod period(Duration quiet, Duration most) {
    return new QuietPeriod(threads, looks::incrementAndGet, quiet, most, Duration.ofMillis(50));
  }
}
