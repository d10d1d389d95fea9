package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

  @Test
  void everythingCanBeSaid() {
    CollectorConfig config =
        ConfigFile.parse(
            Map.of(
                "host", "hv1.example",
                "label.pool", "gold",
                "root", "/srv/sys",
                "state-dir", "/var/lib/x",
                "interval.rescan", "5m",
                "interval.poll", "250ms",
                "bounds.nodes", "10",
                "bootstrap-servers", "k:9092",
                "kafka.security.protocol", "SSL"));
    assertThat(config.host()).isEqualTo("hv1.example");
    assertThat(config.labels()).isEqualTo(Map.of("pool", "gold"));
    assertThat(config.root()).isEqualTo(Path.of("/srv/sys"));
    assertThat(config.stateDirectory()).contains(Path.of("/var/lib/x"));
    assertThat(config.intervals().rescan()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.intervals().poll()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.bounds().nodes()).isEqualTo(10);
    assertThat(config.kafka())
        .isEqualTo(Map.of("bootstrap.servers", "k:9092", "security.protocol", "SSL"));
  }

  @Test
  void theHostIsCalledWhatItCallsItself() {
    assertThat(ConfigFile.parse(Map.of()).host()).isNotEmpty();
    assertThat(ConfigFile.parse(Map.of()).root()).isEqualTo(HostReader.LIVE);
  }

  @Test
  void unknownKeysAreErrors() {
    assertThatThrownBy(() -> ConfigFile.parse(Map.of("host", "h", "hots", "x", "interval.x", "1s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hots")
        .hasMessageContaining("interval.x");
  }

  @Test
  void aBadValueSaysWhatWasExpectedAndFound() {
    assertThatThrownBy(() -> ConfigFile.parse(Map.of("host", "h", "interval.poll", "5 seconds")))
        .hasMessage("interval.poll: expected a time such as 500ms, 60s, 10m, found '5 seconds'");
    assertThatThrownBy(() -> ConfigFile.parse(Map.of("host", "h", "bounds.depth", "-1")))
        .hasMessageContaining("bounds.depth");
    assertThatThrownBy(() -> ConfigFile.parse(Map.of("host", "a/b")))
        .hasMessageContaining("expected a host name");
  }

  @Test
  void secretsAreNotPrinted() {
    CollectorConfig config =
        ConfigFile.parse(
            Map.of(
                "host", "h",
                "kafka.sasl.jaas.config", "s3cret",
                "kafka.ssl.key.password", "s3cret",
                "kafka.ssl.truststore.certificates", "public"));
    assertThat(config.toString()).doesNotContain("s3cret").contains("public");
  }

  @Test
  void theExampleFileIsValid() throws IOException {
    CollectorConfig config =
        ConfigFile.read(Path.of("systemd/collector.properties.example"), Map.of("host", "h"));
    assertThat(config.kafka()).containsKey("bootstrap.servers");
    assertThat(config.stateDirectory()).contains(Path.of("/var/lib/fleetcompat-collector"));
  }
}
