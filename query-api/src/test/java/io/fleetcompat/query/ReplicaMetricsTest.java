package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ReplicaMetricsTest {

  @Test
  void aDocumentOfAHostWhoseClockIsAheadIsCounted() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    LongConsumer visible = ReplicaMetrics.visible(registry);
    visible.accept(-3139);
    visible.accept(20);
    Timer timer = registry.get("fleetcompat.query.event.to.visible").timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20);
  }
}
