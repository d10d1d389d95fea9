package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The time that Kafka alone needs to hand over what topics hold: a consumer that only counts. */
final class PlainConsume {

  /** The topics that a replica reads. */
  static final List<Topic<?, ?>> INDEX =
      List.of(
          Stack.TOPICS.profiles(),
          Stack.TOPICS.matrix(),
          Stack.TOPICS.placements(),
          Stack.TOPICS.hostCapacity());

  private static final Duration POLL = Duration.ofMillis(100);

  private PlainConsume() {}

  /** Seconds from making the consumer to its having read all that is there, from the beginning. */
  static double seconds(Stack stack, List<Topic<?, ?>> topics) {
    long begin = System.nanoTime();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(stack, topics, true)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL);
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  /** A consumer of all partitions, at their beginning or at their end. */
  static KafkaConsumer<byte[], byte[]> consumer(
      Stack stack, List<Topic<?, ?>> topics, boolean fromBeginning) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(stack);
    List<TopicPartition> partitions =
        partitions(consumer, topics.stream().<String>map(Topic::name).toList());
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    partitions.forEach(consumer::position);
    return consumer;
  }

  /** A consumer that has no partitions yet. */
  static KafkaConsumer<byte[], byte[]> consumer(Stack stack) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", stack.bootstrapServers(),
            "group.id", "plain",
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "max.poll.records", "5000"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** All partitions of topics. */
  static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
    }
    return partitions;
  }
}
