package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.publish.Outbox.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Outbox outbox = new Outbox(2);

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
    assertThat(take()).contains("a=old");
    put("a", "new");
    assertThat(take()).isEmpty();
    outbox.done(new Slot("t", "a"));
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
    assertThat(take()).contains("a=new");
    outbox.done(new Slot("t", "a"));
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
    outbox.put(new Slot("t", host), () -> bytes);
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
