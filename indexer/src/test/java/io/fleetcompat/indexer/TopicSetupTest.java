package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicSetupTest {

  @Test
  void oneCopyIsARiskWhereThereCouldBeThree() {
    assertThat(TopicSetup.risk(3, (short) 1).orElseThrow())
        .contains("one copy on a cluster of 3 brokers", "replication-factor=3");
  }

  @Test
  void whoHasFewBrokersOrAskedForMoreCopiesIsToldNothing() {
    assertThat(TopicSetup.risk(1, (short) 1)).isEmpty();
    assertThat(TopicSetup.risk(2, (short) 1)).isEmpty();
    assertThat(TopicSetup.risk(5, (short) 3)).isEmpty();
    assertThat(TopicSetup.risk(5, (short) 2)).isEmpty();
  }
}
