package io.fleetcompat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaFixtureIT {

  @Test
  void theSharedBrokerAnswersAndIsOne() throws Exception {
    KafkaFixture fixture = KafkaFixture.shared();
    String topic = fixture.uniquePrefix() + "x";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", fixture.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      assertThat(admin.listTopics().names().get()).contains(topic);
    }
    assertThat(KafkaFixture.shared()).isSameAs(fixture);
  }
}
