package io.fleetcompat.query.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A reader whose disk fails it, and who waits for it. */
class TopicFollowerTest {

  private final OneTopic topic = new OneTopic();
  private final FailingReader reader = new FailingReader();

  /** A reader that can neither keep what it reads nor forget it, the first time each. */
  private static final class FailingReader implements TopicReader {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger read = new AtomicInteger();
    final AtomicInteger forgotten = new AtomicInteger();

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics topics) {
      begun.incrementAndGet();
      return Map.of(OneTopic.PARTITION, 0L);
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
      failFirst(read);
    }

    @Override
    public void reached(long revision, long lag, Optional<Long> completeAt) {}

    @Override
    public void forget(String reason) {
      failFirst(forgotten);
    }

    private static void failFirst(AtomicInteger calls) {
      if (calls.getAndIncrement() == 0) {
        throw new ReadAgainException(Duration.ZERO, new IllegalStateException("a full disk"));
      }
    }
  }

  @Test
  void itBeginsAgainWhereverItsReaderFails() throws Exception {
    try (TopicFollower follower = follower()) {
      follower.start();
      Await.until("it has begun again", () -> reader.begun.get() == 2);
      topic.kafka.schedulePollTask(
          () -> topic.kafka.setPollException(new OffsetOutOfRangeException(Map.of())));
      Await.until("it has begun once more", () -> reader.begun.get() == 3);
      assertThat(reader.forgotten).hasValue(1);
      assertThat(follower.awaitCurrent(Duration.ofSeconds(30))).isTrue();
      assertThat(follower.ended()).isEmpty();
    }
  }

  @Test
  void whoWaitsHearsThatItIsClosed() throws Exception {
    topic.writtenEnd = Long.MAX_VALUE;
    FutureTask<Boolean> wait;
    try (TopicFollower follower = follower()) {
      follower.start();
      wait = new FutureTask<>(() -> follower.awaitCurrent(Duration.ofDays(1)));
      Thread waiter = Thread.ofPlatform().daemon().start(wait);
      Await.until("it waits", () -> waiter.getState() == Thread.State.TIMED_WAITING);
    }
    assertThat(wait.get(30, TimeUnit.SECONDS)).isFalse();
  }

  private TopicFollower follower() {
    return new TopicFollower(
        "test", topic.kafka, topic, List.of(OneTopic.NAME), reader, Clock.systemUTC());
  }
}
