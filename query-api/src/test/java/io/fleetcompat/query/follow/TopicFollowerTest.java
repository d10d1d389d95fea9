package io.fleetcompat.query.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** A reader whose disk fails it. */
class TopicFollowerTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
  private final FailingReader reader = new FailingReader();

  /** A reader that can neither keep what it reads nor forget it, the first time each. */
  private static final class FailingReader implements TopicReader {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger read = new AtomicInteger();
    final AtomicInteger forgotten = new AtomicInteger();

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics topics) {
      begun.incrementAndGet();
      return Map.of(PARTITION, 0L);
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

  private static final class OneId implements TopicIds {

    @Override
    public Map<String, Uuid> of(List<String> topics) {
      return Map.of("t", Uuid.ONE_UUID);
    }

    @Override
    public Duration retention(String topic) {
      return Duration.ofDays(1);
    }

    @Override
    public void close() {}
  }

  @Test
  void itBeginsAgainWhereverItsReaderFails() throws Exception {
    PartitionInfo info = new PartitionInfo("t", 0, Node.noNode(), new Node[0], new Node[0]);
    kafka.updatePartitions("t", List.of(info));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.updateEndOffsets(Map.of(PARTITION, 0L));
    try (TopicFollower follower =
        new TopicFollower("test", kafka, new OneId(), List.of("t"), reader, Clock.systemUTC())) {
      follower.start();
      Await.until("it has begun again", () -> reader.begun.get() == 2);
      kafka.schedulePollTask(() -> kafka.setPollException(new OffsetOutOfRangeException(Map.of())));
      Await.until("it has begun once more", () -> reader.begun.get() == 3);
      assertThat(reader.forgotten).hasValue(1);
      assertThat(follower.awaitCurrent(Duration.ofSeconds(30))).isTrue();
      assertThat(follower.ended()).isEmpty();
    }
  }
}
