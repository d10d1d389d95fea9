package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules for Prometheus, checked by its own tool. */
class MonitoringTest {

  @TempDir Path directory;

  @Test
  void theRulesAreWellFormed() throws IOException, InterruptedException {
    Child.Said said =
        Prometheus.promtool(
            directory, List.of("check", "rules", "pools.rules.yml", "processes.rules.yml"));
    assertThat(said.status()).as(said.text()).isZero();
  }

  @Test
  void theRulesFireAsTheirTestsSay() throws IOException, InterruptedException {
    Child.Said said = Prometheus.promtool(directory, List.of("test", "rules", "rules.test.yml"));
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text()).contains("SUCCESS");
  }
}
