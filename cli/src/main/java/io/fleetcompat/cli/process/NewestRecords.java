package io.fleetcompat.cli.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The newest records of a topic, over all its partitions. */
final class NewestRecords {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Comparator<ConsumerRecord<byte[], byte[]>> BY_TIME =
      Comparator.comparingLong(ConsumerRecord::timestamp);

  private NewestRecords() {}

  /**
   * The newest committed records, the newest first: at most so many, and none that comes from now
   * on.
   */
  static List<ConsumerRecord<byte[], byte[]>> of(
      Map<String, Object> properties, String topic, int limit) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException("there is no topic " + topic);
      }
      consumer.assign(partitions);
      return read(consumer, consumer.endOffsets(partitions), limit);
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, int limit) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet());
    // A transaction's marker has an offset too: each record may have one beside it.
    ends.forEach(
        (partition, end) ->
            consumer.seek(
                partition, Math.max(beginnings.getOrDefault(partition, 0L), end - 2L * limit)));
    PriorityQueue<ConsumerRecord<byte[], byte[]>> newest = new PriorityQueue<>(limit + 1, BY_TIME);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        newest.add(record);
        if (newest.size() > limit) {
          newest.remove();
        }
      }
    }
    List<ConsumerRecord<byte[], byte[]>> sorted = new ArrayList<>(newest);
    sorted.sort(BY_TIME.reversed());
    return sorted;
  }
}
