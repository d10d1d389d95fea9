package io.fleetcompat.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger looks = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aBurstIsOneLookAndALateOne() {
    Settling settling = settling(Duration.ofMillis(50), Duration.ofSeconds(60));
    for (int i = 0; i < 2000; i++) {
      settling.hint();
    }
    Await.until("a look and a late one", () -> looks.get() == 2);
  }

  @Test
  void hintsWithoutEndDoNotPutOffTheLookForEver() {
    Settling settling = settling(Duration.ofSeconds(60), Duration.ofMillis(100));
    settling.hint();
    Await.until(
        "a look",
        () -> {
          settling.hint();
          return looks.get() >= 1;
        });
    assertThat(looks.get()).isGreaterThanOrEqualTo(1);
  }

  private Settling settling(Duration quiet, Duration most) {
    return new Settling(threads, looks::incrementAndGet, quiet, most, Duration.ofMillis(50));
  }
}
