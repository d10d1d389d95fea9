package io.fleetcompat.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {

  private final PrometheusMeterRegistry registry = ProcessMetrics.registry();

  @Test
  void namesAreThoseOfPrometheusOwnClient() {
    assertThat(registry.scrape())
        .contains(
            "\njvm_memory_used_bytes{area=\"heap\"} ",
            "\njvm_threads_current ",
            "\nprocess_cpu_seconds_total ",
            "\nprocess_start_time_seconds ",
            "\nprocess_resident_memory_bytes ",
            "\nprocess_open_fds ");
  }

  @Test
  void theBuildIsTold() {
    assertThat(registry.scrape())
        .containsPattern(
            "(?m)^fleetcompat_build_info\\{revision=\"([0-9a-f]{12}(-dirty)?|unknown)\",version=\"[0-9.]+.*\"\\}"
                + " 1$");
  }

  @Test
  void idsThatKafkaMakesByChanceAreInNoLabel() {
    String id = "-3e5f1c0a-8b1d-4c53-9e0f-0a1b2c3d4e5f";
    Counter.builder("kafka.stream.commits")
        .tag("thread.id", "fleetcompat-indexer" + id + "-StreamThread-1")
        .tag("process.id", id.substring(1))
        .register(registry);
    Counter.builder("fleetcompat.of.ours").tag("subject", id).register(registry);
    assertThat(registry.scrape())
        .contains(
            "kafka_stream_commits_total{thread_id=\"fleetcompat-indexer-StreamThread-1\"}",
            "fleetcompat_of_ours_total{subject=\"" + id + "\"}");
  }
}
