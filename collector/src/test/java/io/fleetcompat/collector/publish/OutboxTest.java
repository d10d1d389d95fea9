package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.publish.Outbox.Slot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Outbox outbox = new Outbox(2);
  private long number;

  @Test
  void onlyTheNewestOfASlotIsKept() throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      put("a", "v" + i);
    }
    put("b", "w");
    assertThat(outbox.size()).isEqualTo(2);
    assertThat(take()).contains("a=v999");
    assertThat(take()).contains("b=w");
  }

  @Test
  void aSlotOnItsWayWaits() throws InterruptedException {
    put("a", "old");
    Outbox.Pending old = outbox.take(1).orElseThrow();
    put("a", "new");
    assertThat(take()).isEmpty();
    outbox.done(old);
    assertThat(take()).contains("a=new");
  }

  @Test
  void whatFailedIsTriedAgainUnlessSomethingNewerIsThere() throws InterruptedException {
    put("a", "old");
    Outbox.Pending first = outbox.take(1).orElseThrow();
    outbox.failed(first);
    Outbox.Pending again = outbox.take(1).orElseThrow();
    assertThat(text(again)).isEqualTo("a=old");
    put("a", "new");
    outbox.failed(again);
    Outbox.Pending newer = outbox.take(1).orElseThrow();
    assertThat(text(newer)).isEqualTo("a=new");
    outbox.done(newer);
    assertThat(outbox.awaitEmpty(0)).isTrue();
  }

  @Test
  void whoeverReportsLateChangesNothing() throws InterruptedException {
    put("a", "1");
    Outbox.Pending lost = outbox.take(1).orElseThrow();
    assertThat(outbox.overdue(Duration.ofDays(1))).isEmpty();
    assertThat(outbox.overdue(Duration.ZERO)).containsExactly(lost);
    outbox.failed(lost);
    Outbox.Pending again = outbox.take(1).orElseThrow();
    outbox.done(lost);
    outbox.failed(lost);
    assertThat(outbox.size()).isEqualTo(1);
    assertThat(take()).isEmpty();
    outbox.done(again);
    assertThat(outbox.awaitEmpty(0)).isTrue();
  }

  @Test
  void onlySoManyAreOnTheirWay() throws InterruptedException {
    put("a", "1");
    put("b", "2");
    put("c", "3");
    assertThat(take()).isPresent();
    assertThat(take()).isPresent();
    assertThat(take()).isEmpty();
    assertThat(outbox.awaitEmpty(1)).isFalse();
  }

  private void put(String host, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    outbox.put(new Slot("t", host), new Outbox.Content(1, ++number, true, bytes));
  }

  private Optional<String> take() throws InterruptedException {
    return outbox.take(1).map(OutboxTest::text);
  }

  private static String text(Outbox.Pending pending) {
    byte[] value = pending.content().bytes();
    return pending.slot().host()
        + "="
        + (value == null ? "" : new String(value, StandardCharsets.UTF_8));
  }
}
