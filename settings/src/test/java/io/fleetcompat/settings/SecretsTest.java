package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.ssl.keystore.password",
        "kafka.ssl.key.password",
        "kafka.ssl.truststore.password",
        "kafka.ssl.keystore.key",
        "kafka.ssl.keystore.certificate.chain",
        "kafka.sasl.jaas.config",
        "kafka.producer.sasl.jaas.config",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.sasl.oauthbearer.assertion.private.key.passphrase",
        "KAFKA.SASL.JAAS.CONFIG",
        "label.api-token",
      })
  void whatMayBeASecretIsOne(String name) {
    assertThat(Secrets.isSecret(name)).isTrue();
    assertThat(Secrets.shown(name, "hunter2")).isEqualTo("(hidden)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.security.protocol",
        "kafka.sasl.mechanism",
        "kafka.ssl.keystore.location",
        "kafka.ssl.keystore.type",
        "kafka.ssl.truststore.certificates",
        "kafka.key.serializer",
        "bootstrap-servers",
        "stale-after",
      })
  void whatOnlySaysWhereOrHowIsShown(String name) {
    assertThat(Secrets.shown(name, "plain")).isEqualTo("plain");
  }

  @Test
  void settingsArePrintedWithoutSecrets() {
    RawSettings settings =
        RawSettings.of(Map.of("kafka.sasl.jaas.config", "hunter2", "kafka.acks", "all"));
    assertThat(settings).hasToString("{kafka.acks=all, kafka.sasl.jaas.config=(hidden)}");
    assertThat(settings.texts()).containsEntry("kafka.sasl.jaas.config", "hunter2");
  }

  @Test
  void aMessageOfALibraryLosesTheSecretAndEveryWordOfIt() {
    Map<String, String> settings =
        Map.of(
            "kafka.sasl.jaas.config",
            "org.example.Login required username=\"alice\" password=\"hunter2",
            "kafka.acks",
            "all");
    assertThat(Secrets.removedFrom("Value not specified for key 'hunter2', acks all", settings))
        .isEqualTo("Value not specified for key '(hidden)', acks all");
    assertThat(Secrets.removedFrom("Invalid " + settings.get("kafka.sasl.jaas.config"), settings))
        .isEqualTo("Invalid (hidden)");
  }
}
