package io.fleetcompat.cli.process;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The newest record of each key of a topic with one partition, as the topic has it now. */
public final class NewestByKey {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Polls without a record, one after the other, after which reading is given up. */
  private static final int MAX_EMPTY_POLLS = 150;

  private NewestByKey() {}

  /**
   * Reads a topic whole.
   *
   * @param properties of a consumer that is no member of a group
   * @param answer the longest time that Kafka may take to answer at all
   * @throws TimeoutException where it does not
   */
  public static Collection<ConsumerRecord<byte[], byte[]>> read(
      Map<String, Object> properties, String topic, Duration answer) {
    TopicPartition all = new TopicPartition(topic, 0);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (consumer.partitionsFor(topic, answer).isEmpty()) {
        throw new UnknownTopicOrPartitionException(
            "there is no topic " + topic + ": the indexer makes it, or 'topics --create'");
      }
      consumer.assign(List.of(all));
      consumer.seekToBeginning(List.of(all));
      long end = consumer.endOffsets(List.of(all)).getOrDefault(all, 0L);
      return read(consumer, all, end);
    }
  }

  private static Collection<ConsumerRecord<byte[], byte[]>> read(
      Consumer<byte[], byte[]> consumer, TopicPartition all, long end) {
    Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
    int empty = 0;
    while (consumer.position(all) < end) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      empty = records.isEmpty() ? empty + 1 : 0;
      if (empty > MAX_EMPTY_POLLS) {
        throw new TimeoutException("no more records came of " + all.topic());
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.key() != null) {
          newest.put(ByteBuffer.wrap(record.key()), record);
        }
      }
    }
    return newest.values();
  }
}
