package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.KafkaFixture;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Topics that a real broker, of which there is one, does not make at once, or never. */
class TopicSetupIT {

  private static final short MORE_THAN_THERE_ARE = 2;

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();

  @Test
  void topicsAreMadeOnceTheControllerHearsItsBrokers() {
    Topics topics = new Topics(prefix, 1, (short) 1);
    try (Asked admin = new Asked(3)) {
      TopicSetup.ensure(admin, topics, true);
      assertThat(admin.asked).isEqualTo(topics.all().size() + 2);
    }
    try (Admin admin = new Asked(0)) {
      TopicSetup.ensure(admin, topics, false);
    }
  }

  @Test
  void brokersThatAreNotRegisteredAreNotWaitedFor() {
    try (Asked admin = new Asked(0)) {
      Topics topics = new Topics(prefix, 1, MORE_THAN_THERE_ARE);
      assertThatThrownBy(() -> TopicSetup.ensure(admin, topics, true))
          .isInstanceOf(TopicSetup.AdminException.class)
          .hasMessageContaining("could not create topic " + topics.all().getFirst().name());
      assertThat(admin.asked).isEqualTo(1);
    }
  }

  /** Asks for too many copies at first, as if a broker that is registered were not heard. */
  private final class Asked extends ForwardingAdmin {

    private final int heardAt;
    private int asked;

    Asked(int heardAt) {
      super(Map.of("bootstrap.servers", kafka.bootstrapServers()));
      this.heardAt = heardAt;
    }

    @Override
    public CreateTopicsResult createTopics(
        Collection<NewTopic> wanted, CreateTopicsOptions options) {
      asked++;
      return super.createTopics(
          asked < heardAt
              ? List.of(new NewTopic(wanted.iterator().next().name(), 1, MORE_THAN_THERE_ARE))
              : wanted,
          options);
    }
  }
}
