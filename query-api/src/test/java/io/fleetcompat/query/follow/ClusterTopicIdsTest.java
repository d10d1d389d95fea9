package io.fleetcompat.query.follow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** The thread {@code topic-ids}, if it throws: whoever asks hears why, and closing is no fault. */
class ClusterTopicIdsTest {

  @Test
  void whoAsksHearsThatTheClientCouldNotBeMade() {
    ClusterTopicIds ids =
        new ClusterTopicIds(
            () -> {
              throw new ConfigException("no such keystore");
            });
    assertThatThrownBy(() -> ids.of(List.of("placements")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("no such keystore");
    ids.close();
  }

  @Test
  void anErrorIsAFaultOfKafkaToWhoAsks() {
    ClusterTopicIds ids =
        new ClusterTopicIds(
            () -> {
              throw new NoClassDefFoundError("missing");
            });
    assertThatThrownBy(() -> ids.of(List.of("placements")))
        .isInstanceOf(KafkaException.class)
        .hasCauseInstanceOf(NoClassDefFoundError.class);
    ids.close();
  }
}
