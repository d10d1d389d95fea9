package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.query.watch.FeedBounds;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of values, secrets and sources are tested where they are, in module settings. */
class QueryConfigTest {

  @Test
  void whatIsNotGivenHasADefault() {
    QueryConfig config = QueryConfig.parse(Map.of("bootstrap-servers", "a:1"));
    assertThat(config.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(QueryConfig.DEFAULT_PORT);
    assertThat(config.topicPrefix()).isEmpty();
    assertThat(config.liveness().staleAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.liveness().lostAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(config.replicaStaleAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.http()).isEqualTo(HttpBounds.DEFAULTS);
    assertThat(config.kafka().all()).isEmpty();
  }

  @Test
  void everythingCanBeGiven() {
    QueryConfig config =
        QueryConfig.parse(
            Map.ofEntries(
                Map.entry("bootstrap-servers", "a:1"),
                Map.entry("bind-address", "::"),
                Map.entry("port", "1"),
                Map.entry("topic-prefix", "p."),
                Map.entry("stale-after", "10m"),
                Map.entry("lost-after", "PT2H"),
                Map.entry("replica-stale-after", "500ms"),
                Map.entry("max-body-bytes", "1MiB"),
                Map.entry("max-url-bytes", "2048"),
                Map.entry("max-header-bytes", "4KiB"),
                Map.entry("max-connections", "5"),
                Map.entry("max-waiting", "0"),
                Map.entry("max-watchers", "7"),
                Map.entry("watch-max-age", "1m"),
                Map.entry("watch-max-bytes", "2MiB"),
                Map.entry("request-timeout", "3s"),
                Map.entry("idle-timeout", "4s"),
                Map.entry("head-timeout", "5s"),
                Map.entry("body-timeout", "6s"),
                Map.entry("write-timeout", "7s"),
                Map.entry("max-bytes-in-flight", "64MiB"),
                Map.entry("kafka.security.protocol", "SSL")));
    assertThat(config.bindAddress()).isEqualTo("::");
    assertThat(config.topicPrefix()).isEqualTo("p.");
    assertThat(config.liveness().staleAfter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.liveness().lostAfter()).isEqualTo(Duration.ofHours(2));
    assertThat(config.replicaStaleAfter()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.http())
        .isEqualTo(
            new HttpBounds(
                1 << 20,
                2048,
                4096,
                5,
                0,
                7,
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7),
                64 << 20));
    assertThat(config.watch()).isEqualTo(new FeedBounds(2 << 20, Duration.ofMinutes(1)));
    assertThat(config.kafka().all()).isEqualTo(Map.of("security.protocol", "SSL"));
  }

  @ParameterizedTest
  @CsvSource({
    "port,70000,port: expected a whole number from 0 to 65535",
    "port,x,port: expected a whole number",
    "bootstrap-servers,' ',bootstrap-servers: expected the Kafka cluster",
    "stale-after,soon,stale-after: expected a time such as",
    "lost-after,1s,expected stale-after above 0 and lost-after of at least stale-after",
    "stale-after,0s,above 0",
    "lost-after,1s,found 1m and 1s (lost-after from the program)",
    "topic-prefix,a/b,expected a topic prefix",
    "max-body-bytes,0,max-body-bytes: expected a size",
    "max-url-bytes,1023,from 1KiB to",
    "prot,1,did you mean 'port'?",
  })
  void nonsenseIsRefusedAndSaysWhatWasExpected(String key, String value, String message) {
    Map<String, String> settings = new TreeMap<>(Map.of("bootstrap-servers", "a:1"));
    settings.put(key, value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QueryConfig.parse(settings))
        .withMessageContaining(message);
  }

  @Test
  void itIsPrintedWithoutSecrets() {
    QueryConfig config =
        QueryConfig.parse(Map.of("bootstrap-servers", "a:1", "kafka.sasl.jaas.config", "hunter2"));
    assertThat(config.toString()).contains("sasl.jaas.config=(hidden)").doesNotContain("hunter2");
    assertThat(config.kafka().all()).containsEntry("sasl.jaas.config", "hunter2");
  }
}
