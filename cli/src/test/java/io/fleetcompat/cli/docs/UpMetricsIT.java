package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of {@code up}: one page for all that runs in it. */
class UpMetricsIT {

  @TempDir Path directory;

  private final List<Integer> ports = FreePorts.find(3);

  @Test
  void theApiShowsTheMetricsOfEveryPart() throws Exception {
    try (Application application =
            new Application(directory, Map.of("FLEETCOMPAT_JAVA_OPTS", "-Xmx512m"));
        Child up =
            application.start(
                "up",
                List.of(
                    ("up --simulate 3 --data-dir data --http-port %d --kafka-port %d"
                            + " --kafka-controller-port %d")
                        .formatted(ports.toArray())
                        .split(" ")))) {
      up.await("Ctrl-C stops everything");
      String metrics = application.get(ports.getFirst(), "/metrics").body();
      assertThat(metrics)
          .contains(
              "\nfleetcompat_build_info{",
              "\nfleetcompat_query_hosts 4.0",
              "\nfleetcompat_indexer_hosts{",
              "\nfleetcompat_collector_unsent_records{collector=\"local\"} ",
              "\nfleetcompat_collector_unsent_records{collector=\"fleet\"} ",
              "\nfleetcompat_fleet_hosts{collector=\"fleet\"} 3.0",
              "\njvm_memory_used_bytes{",
              "\nprocess_cpu_seconds_total ")
          .doesNotContain("kafka_");
      Child.Said said = Prometheus.checkMetrics(directory, metrics);
      assertThat(said.status()).as(said.text()).isZero();
      assertThat(up.terminate()).as(up.said()).isZero();
    }
  }
}
