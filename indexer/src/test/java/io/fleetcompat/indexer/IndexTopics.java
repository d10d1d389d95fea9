package io.fleetcompat.indexer;

import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Folds what committed transactions wrote to the index's topics into a {@link Published}. */
final class IndexTopics implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  final Published published = new Published();
  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;

  IndexTopics(String bootstrapServers, Topics topics) {
    this.topics = topics;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?, ?> topic :
        List.of(topics.placements(), topics.profiles(), topics.matrix(), topics.rejected())) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what has come. */
  Published poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      published.take(topics, record.topic(), record.key(), record.value());
    }
    return published;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
