package io.fleetcompat.query.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** The pauses after faults. */
class KafkaFaultsTest {

  @Test
  void pausesDoubleUpToABoundAndBeginAgainOnceKafkaHasAnswered() {
    KafkaFaults faults = new KafkaFaults();
    Duration pause = faults.failed(new KafkaException("a"), 0);
    assertThat(pause).isEqualTo(KafkaFaults.FIRST_PAUSE);
    for (int i = 0; i < 20; i++) {
      Duration next = faults.failed(new KafkaException("a"), 0);
      assertThat(next).isBetween(pause, KafkaFaults.LONGEST_PAUSE);
      pause = next;
    }
    assertThat(pause).isEqualTo(KafkaFaults.LONGEST_PAUSE);
    faults.overcome();
    assertThat(faults.failed(new KafkaException("a"), 0)).isEqualTo(KafkaFaults.FIRST_PAUSE);
  }
}
