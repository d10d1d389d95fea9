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

/** The newest record of each key of a topic, as the topic has it now. */
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
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic, answer).stream()
              .map(found -> new TopicPartition(topic, found.partition()))
              .toList();
      if (all.isEmpty()) {
        throw new UnknownTopicOrPartitionException(
            "there is no topic " + topic + ": the indexer makes it, or 'topics --create'");
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      return read(consumer, topic, consumer.endOffsets(all));
    }
  }

  private static Collection<ConsumerRecord<byte[], byte[]>> read(
      Consumer<byte[], byte[]> consumer, String topic, Map<TopicPartition, Long> ends) {
    Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
    int empty = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      empty = records.isEmpty() ? empty + 1 : 0;
      if (empty > MAX_EMPTY_POLLS) {
        throw new TimeoutException("no more records came of " + topic);
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
