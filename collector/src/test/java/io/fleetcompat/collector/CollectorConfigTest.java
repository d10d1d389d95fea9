package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.PropertiesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of values, secrets and sources are tested where they are, in module settings. */
class CollectorConfigTest {

  @Test
  void everythingCanBeSaid() {
    CollectorConfig config =
        with(
            Map.of(
                "host", "hv1.example",
                "label.pool", "gold",
                "root", "/srv/sys",
                "state-dir", "/var/lib/x",
                "interval.rescan", "PT5M",
                "interval.poll", "250ms",
                "bounds.nodes", "10",
                "bounds.bytes", "2MiB",
                "kafka.security.protocol", "SSL"));
    assertThat(config.host().name()).isEqualTo("hv1.example");
    assertThat(config.host().labels()).isEqualTo(Map.of("pool", "gold"));
    assertThat(config.host().root()).isEqualTo(Path.of("/srv/sys"));
    assertThat(config.process().stateDirectory()).contains(Path.of("/var/lib/x"));
    assertThat(config.process().intervals().rescan()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.poll()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.process().bounds().nodes()).isEqualTo(10);
    assertThat(config.process().bounds().bytes()).isEqualTo(2 << 20);
    assertThat(config.process().kafka().all())
        .isEqualTo(Map.of("bootstrap.servers", "k:9092", "security.protocol", "SSL"));
  }

  @Test
  void whatIsNotSaidHasADefault() {
    CollectorConfig config = with(Map.of());
    assertThat(config.host().name()).isNotEmpty();
    assertThat(config.host().root()).isEqualTo(HostReader.LIVE);
    assertThat(config.process().intervals()).isEqualTo(Intervals.DEFAULT);
    assertThat(config.process().bounds()).isEqualTo(Bounds.DEFAULT);
    assertThat(config.process().readDeadline()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hots|x|found 'hots' (from the program; did you mean 'host'?)",
        "interval.x|1s|found 'interval.x' (from the program",
        "interval.poll|5 seconds|interval.poll: expected a time such as 500ms, 60s, 10m, 2h or"
            + " PT10M, above 0, found '5 seconds'",
        "read-deadline|0|read-deadline: expected a time such as 500ms, 60s, 10m, 2h or PT10M,"
            + " above 0, found '0'",
        "bounds.depth|-1|bounds.depth: expected a whole number from 1",
        "bounds.bytes|4MiB|from 1 to 3MiB, found '4MiB'",
        "host|a/b|expected a host name",
        "host|a/b|(host from the program)",
        "kafka.bootstrap.servers|k:1|expected it as bootstrap-servers",
        "topic-prefix|a/b|expected a topic prefix",
      })
  void nonsenseIsRefused(String name, String text, String message) {
    assertThatThrownBy(() -> with(Map.of(name, text)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void secretsAreNotPrinted() {
    CollectorConfig config =
        with(
            Map.of(
                "kafka.sasl.jaas.config", "s3cret",
                "kafka.ssl.key.password", "s3cret",
                "kafka.ssl.truststore.certificates", "public"));
    assertThat(config.toString()).doesNotContain("s3cret").contains("public");
  }

  @Test
  void theExampleFileIsValid() {
    CollectorConfig config =
        CollectorSettings.config(
            CollectorSettings.CATALOGUE.read(
                PropertiesFile.read(Path.of("systemd/collector.properties.example"))));
    assertThat(config.process().kafka().all()).containsKey("bootstrap.servers");
    assertThat(config.process().stateDirectory())
        .contains(Path.of("/var/lib/fleetcompat-collector"));
  }

  private static CollectorConfig with(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(Map.of("bootstrap-servers", "k:9092"));
    settings.putAll(more);
    return CollectorConfig.parse(settings);
  }
}
