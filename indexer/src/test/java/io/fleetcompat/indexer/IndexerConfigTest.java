package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.settings.BadSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of values, secrets and sources are tested where they are, in module settings. */
class IndexerConfigTest {

  @Test
  void whatIsNotGivenHasADefault() {
    IndexerConfig config = with(Map.of("topic-prefix", "p."));
    assertThat(config.applicationId()).isEqualTo("p.fleetcompat-indexer");
    assertThat(config.stateDir()).isEqualTo(Path.of("/state"));
    assertThat(config.topics().hostPartitions()).isEqualTo(32);
    assertThat(config.createTopics()).isTrue();
    assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.cacheBytes()).isEqualTo(128L << 20);
    assertThat(config.liveness().lostAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(config.rules().policies()).isEmpty();
    assertThat(config.instanceId()).isEmpty();
  }

  @Test
  void bothFormsOfATimeAreTaken() {
    IndexerConfig config =
        with(
            Map.of(
                "stale-after", "PT10M",
                "lost-after", "1d",
                "cache-bytes", "64MiB",
                "policies", "mutual, cross-type",
                "kafka.producer.sasl.jaas.config", "hunter2"));
    assertThat(config.liveness().staleAfter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.liveness().lostAfter()).isEqualTo(Duration.ofDays(1));
    assertThat(config.cacheBytes()).isEqualTo(64L << 20);
    assertThat(config.rules().policies()).containsExactlyInAnyOrder(Policy.values());
    assertThat(config.toString()).contains("(hidden)").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threads|0|threads: expected a whole number from 1",
        "commit-interval|0s|commit-interval: expected a time such as 500ms, 60s, 10m, 2h or PT10M,"
            + " above 0",
        "partitions|1001|partitions: expected a whole number from 1 to 1000, found '1001'",
        "lost-after|1s|expected stale-after above 0 and lost-after of at least stale-after, found"
            + " 1m and 1s",
        "lost-after|1s|(lost-after from the program)",
        "policies|lax|policies: expected a list of cross-type and mutual, found 'lax'",
        "state-dir|''|state-dir: expected a path, found none",
        "standby-replica|1|did you mean 'standby-replicas'?",
      })
  void nonsenseIsRefused(String name, String text, String message) {
    assertThatThrownBy(() -> with(Map.of(name, text)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(message);
  }

  private static IndexerConfig with(Map<String, String> more) {
    Map<String, String> settings =
        new TreeMap<>(Map.of("bootstrap-servers", "k:1", "state-dir", "/state"));
    settings.putAll(more);
    return IndexerConfig.parse(settings);
  }
}
