package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;

class PartMetersTest {

  private final PartMeters meters = new PartMeters();

  private static void gauge(MeterRegistry of, int value) {
    Gauge.builder("fleetcompat.unsent", () -> value).description("Unsent").register(of);
  }

  @Test
  void twoCollectorsHaveAMeterOfOneNameEach() {
    gauge(meters.of("local", Tags.of("collector", "local")), 3);
    gauge(meters.of("fleet", Tags.of("collector", "fleet")), 5);
    assertThat(meters.all().scrape())
        .contains(
            "fleetcompat_unsent{collector=\"local\"} 3.0",
            "fleetcompat_unsent{collector=\"fleet\"} 5.0",
            "process_cpu_seconds_total");
  }

  @Test
  void aPartThatIsStartedAgainTellsOfItselfAndNotOfTheOneBefore() {
    MeterRegistry first = meters.of("indexer", Tags.empty());
    gauge(first, 3);
    Counter.builder("fleetcompat.faults").register(first).increment(7);
    MeterRegistry second = meters.of("indexer", Tags.empty());
    assertThat(meters.all().scrape()).doesNotContain("fleetcompat_unsent", "fleetcompat_faults");
    gauge(second, 5);
    Counter.builder("fleetcompat.faults").register(second).increment();
    assertThat(meters.all().scrape())
        .contains("fleetcompat_unsent 5.0", "fleetcompat_faults_total 1.0");
  }
}
