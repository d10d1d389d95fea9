package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** An invented topic of one partition, whose end tests move. */
final class OneTopic implements TopicIds {

  static final String NAME = "t";
  static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");

  /** Thrown at the next question for the end. */
  final AtomicReference<Optional<RuntimeException>> fault = new AtomicReference<>(Optional.empty());

  volatile long writtenEnd;
  volatile Uuid id = Uuid.ONE_UUID;

  OneTopic() {
    PartitionInfo info = new PartitionInfo(NAME, 0, Node.noNode(), new Node[0], new Node[0]);
    kafka.updatePartitions(NAME, List.of(info));
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.updateEndOffsets(Map.of(PARTITION, 0L));
  }

  @Override
  public Map<String, Uuid> of(List<String> topics) {
    return Map.of(NAME, id);
  }

  @Override
  public Duration retention(String topic) {
    return Duration.ofDays(1);
  }

  @Override
  public Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions) {
    fault
        .getAndSet(Optional.empty())
        .ifPresent(
            thrown -> {
              throw thrown;
            });
    return Map.of(PARTITION, writtenEnd);
  }

  @Override
  public void close() {}
}
