package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryConfigTest {

  @Test
  void whatIsNotGivenHasADefault() {
    QueryConfig config = QueryConfig.parse(Map.of("bootstrap-servers", "a:1"));
    assertThat(config.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(QueryConfig.DEFAULT_PORT);
    assertThat(config.topicPrefix()).isEmpty();
    assertThat(config.staleAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.lostAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(config.kafka()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"90s,PT1M30S", "PT2M,PT2M", "0s,PT0S"})
  void durationsHaveTwoSpellings(String text, Duration duration) {
    assertThat(with("stale-after", text).staleAfter()).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "port,70000,expected port 0 to 65535",
    "port,x,expected port as an integer",
    "bootstrap-servers,' ',expected bootstrap-servers",
    "stale-after,soon,expected stale-after like 60s",
    "stale-after,2h,expected stale-after like 60s",
    "lost-after,1s,expected lost-after of at least stale-after",
    "max-body-bytes,0,expected bounds",
    "prot,1,unknown configuration: [prot]",
  })
  void nonsenseIsRefusedAndSaysWhatWasExpected(String key, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(key, value))
        .withMessageContaining(message);
  }

  @Test
  void kafkaPropertiesPassThrough() {
    assertThat(with("kafka.security.protocol", "SSL").kafka())
        .isEqualTo(Map.of("security.protocol", "SSL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.keystore.password",
        "ssl.key.password",
        "ssl.keystore.key",
        "sasl.jaas.config",
        "sasl.oauthbearer.client.credentials.client.secret",
        "SASL.JAAS.CONFIG",
      })
  void secretsAreNeverShown(String key) {
    QueryConfig config = with("kafka." + key, "hunter2");
    assertThat(config.toString()).contains(key + "=********").doesNotContain("hunter2");
    assertThat(config.kafka()).containsEntry(key, "hunter2");
  }

  @Test
  void whatIsNoSecretIsShown() {
    assertThat(with("kafka.security.protocol", "SASL_SSL").effective())
        .contains("kafka.security.protocol=SASL_SSL", "bootstrap-servers=a:1");
  }

  private static QueryConfig with(String key, String value) {
    Map<String, String> properties = new TreeMap<>(Map.of("bootstrap-servers", "a:1"));
    properties.put(key, value);
    return QueryConfig.parse(properties);
  }
}
