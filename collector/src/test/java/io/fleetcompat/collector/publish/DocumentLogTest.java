package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class DocumentLogTest {

  private final DocumentLog log = new DocumentLog("documents");
  private final AtomicInteger losses = new AtomicInteger();
  private final Runnable end = log.onLoss(losses::incrementAndGet);

  @Test
  void anotherIdIsALossAndTheSameOrNoneIsNot() {
    Uuid first = Uuid.randomUuid();
    log.found(Uuid.ZERO_UUID);
    log.found(first);
    log.found(Uuid.ZERO_UUID); // the topic is gone just now
    log.found(first);
    assertThat(losses).hasValue(0);
    log.found(Uuid.randomUuid());
    assertThat(losses).hasValue(1);
  }

  @Test
  void anOffsetThatWasGivenBeforeIsALossAndALaterOneIsNot() {
    log.acknowledged(0, 7);
    log.acknowledged(1, 3);
    log.acknowledged(0, 9);
    assertThat(losses).hasValue(0);
    log.acknowledged(0, 9);
    assertThat(losses).hasValue(1);
    log.acknowledged(1, 0);
    assertThat(losses).hasValue(2);
    log.acknowledged(1, 1);
    assertThat(losses).hasValue(2);
  }

  @Test
  void aTopicThatWasMadeAnewGivesItsOffsetsAgain() {
    log.found(Uuid.randomUuid());
    log.acknowledged(0, 7);
    log.found(Uuid.randomUuid());
    log.acknowledged(0, 0);
    assertThat(losses).as("told once").hasValue(1);
  }

  @Test
  void whoDoesNotListenAnyMoreIsNotCalled() {
    end.run();
    log.acknowledged(0, 1);
    log.acknowledged(0, 1);
    assertThat(losses).hasValue(0);
  }
}
