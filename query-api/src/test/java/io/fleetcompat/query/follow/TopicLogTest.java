package io.fleetcompat.query.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question where the log ends is answered when all that was written then is read. */
class TopicLogTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);

  private final OneTopic topic = new OneTopic();
  private final TopicLog log = new TopicLog(topic.kafka, topic, List.of(OneTopic.NAME), CLOCK);

  @BeforeEach
  void begin() throws Exception {
    assertThat(log.find()).isEmpty();
    log.begin(Map.of());
  }

  @AfterEach
  void close() {
    log.close();
  }

  private long awaited() throws Exception {
    log.read();
    return log.position().awaited();
  }

  @Test
  void aQuestionThatFailedIsNoAnswerAndIsAskedAgain() throws Exception {
    assertThat(awaited()).isZero();
    long question = log.askSoon();
    topic.fault.set(Optional.of(new WakeupException()));
    assertThatThrownBy(log::read).isInstanceOf(KafkaFaultException.class);
    assertThat(log.position().awaited()).isZero();
    topic.writtenEnd = 1;
    assertThat(awaited()).isZero();
    topic.kafka.seek(OneTopic.PARTITION, 1);
    assertThat(awaited()).isGreaterThanOrEqualTo(question);
  }

  @Test
  void whatIsWrittenAndNotCommittedIsAwaited() throws Exception {
    topic.writtenEnd = 2; // a record of a transaction that is open, and one after it
    long question = log.askSoon();
    assertThat(awaited()).isZero();
    assertThat(log.position().completeAt()).as("nothing more is committed").isPresent();
    topic.kafka.seek(OneTopic.PARTITION, 2);
    topic.writtenEnd = 3;
    assertThat(awaited()).as("later records are not awaited").isEqualTo(question);
  }

  @Test
  void whoAsksLaterDoesNotKeepWhoAskedFirstWaiting() throws Exception {
    topic.writtenEnd = 1;
    long first = log.askSoon();
    assertThat(awaited()).isZero();
    topic.writtenEnd = 2;
    long second = log.askSoon();
    assertThat(second).isGreaterThan(first);
    topic.kafka.seek(OneTopic.PARTITION, 1);
    assertThat(awaited()).isEqualTo(first);
    assertThat(awaited()).isEqualTo(first);
    topic.kafka.seek(OneTopic.PARTITION, 2);
    assertThat(awaited()).isEqualTo(second);
  }

  @Test
  void theEndOfATopicThatIsNoMoreIsNotAwaited() throws Exception {
    topic.writtenEnd = 100;
    long question = log.askSoon();
    assertThat(awaited()).isZero();
    topic.id = Uuid.randomUuid();
    topic.writtenEnd = 0;
    assertThat(log.find()).isEmpty();
    log.begin(Map.of());
    assertThat(awaited()).isGreaterThanOrEqualTo(question);
  }
}
