package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The catalogue. */
class TopicsTest {

  @Test
  void withThreeReplicasTwoMustHaveWhatIsAcknowledged() {
    assertThat(new Topics("", 4, (short) 3).all())
        .allSatisfy(
            topic -> assertThat(topic.settings()).containsEntry("min.insync.replicas", "2"));
  }

  @Test
  void withFewerReplicasOneBrokerMayBeAway() {
    assertThat(new Topics("", 4, (short) 2).all())
        .allSatisfy(topic -> assertThat(topic.settings()).doesNotContainKey("min.insync.replicas"));
  }

  @Test
  void everyTopicIsNamedOnceAndTakesTheLargestRecord() {
    Topics topics = new Topics("a-", 4, (short) 1);
    assertThat(topics.all()).extracting(Topics.Topic::name).isSorted().doesNotHaveDuplicates();
    assertThat(topics.all())
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .containsEntry("max.message.bytes", String.valueOf(Topics.MAX_RECORD_BYTES)));
  }
}
