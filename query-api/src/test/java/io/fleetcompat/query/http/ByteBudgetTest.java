package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final ByteBudget budget = new ByteBudget(10 << 10);

  @Test
  void noMoreIsTakenThanThereIs() {
    assertThat(budget.steps(1)).isEqualTo(1);
    assertThat(budget.steps(1024)).isEqualTo(1);
    assertThat(budget.steps(1025)).isEqualTo(2);
    assertThat(budget.steps(Long.MAX_VALUE >> 1)).as("one may take all").isEqualTo(10);
    assertThat(budget.take(8)).isTrue();
    assertThat(budget.take(3)).isFalse();
    assertThat(budget.take(3, Duration.ofNanos(1))).isFalse();
    assertThat(budget.taken()).isEqualTo(8 << 10);
    budget.give(8);
    assertThat(budget.take(10)).isTrue();
  }

  @Test
  void thoseWhoWaitAreServedAndNoMoreMayWait() throws Exception {
    assertThat(budget.take(10)).isTrue();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < ByteBudget.MOST_WAITING; i++) {
        waiting.add(threads.submit(() -> takeAndGive(10)));
      }
      Await.until("all wait", () -> budget.waiting() == ByteBudget.MOST_WAITING);
      assertThat(budget.take(1, LONG)).as("one more").isFalse();
      budget.give(10);
      for (Future<Boolean> one : waiting) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(budget.taken()).isZero();
  }

  private boolean takeAndGive(int steps) {
    boolean taken = budget.take(steps, LONG);
    if (taken) {
      budget.give(steps);
    }
    return taken;
  }
}
