package io.fleetcompat.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watchdog whose clients cannot be made. */
class WatchdogTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense"})
  void aWatchdogThatCannotLookSaysSoAndLooksAgain(String servers) {
    try (Watchdog watchdog = start(Map.of("bootstrap.servers", servers))) {
      Await.until("a reason", () -> watchdog.stall().isPresent());
      assertThat(watchdog.stall().orElseThrow())
          .startsWith("expected Kafka to say how far the index is, found: ");
      assertThat(metrics.get("fleetcompat.indexer.stalled.partitions").gauge().value()).isNaN();
    }
  }

  @Test
  void aReaderThatCannotBeMadeLeavesNoOtherClientBehind() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", "localhost:1", "fetch.max.bytes", "nonsense");
    try (Watchdog watchdog = start(settings)) {
      Await.until("a reason", () -> watchdog.stall().isPresent());
      assertThat(watchdog.stall().orElseThrow()).contains("fetch.max.bytes");
    }
    Await.until(
        "no client of the watchdog",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("kafka-admin-client-thread")));
  }

  private Watchdog start(Map<String, Object> kafka) {
    Application application =
        new Application(
            "watched",
            kafka,
            Set.of(),
            List.of(),
            () -> KafkaStreams.State.RUNNING,
            Set::of,
            () -> 0);
    return Watchdog.start(application, Duration.ofMillis(60), metrics);
  }
}
