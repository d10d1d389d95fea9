package io.fleetcompat.cli.process;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A reader of whole partitions, as they are at the time. One thread. */
final class TopicScan implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Polls without a record, one after the other, after which reading is given up. */
  private static final int MAX_EMPTY_POLLS = 150;

  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param properties of a consumer that is no member of a group
   */
  TopicScan(Map<String, Object> properties) {
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The partitions of a topic. */
  List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "there is no topic " + topic + ": the indexer makes it, or 'topics --create'");
    }
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /** Gives every record with a key to the taker, tombstones too. */
  void read(
      TopicPartition partition, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    int empty = 0;
    while (consumer.position(partition) < end) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      empty = records.isEmpty() ? empty + 1 : 0;
      if (empty > MAX_EMPTY_POLLS) {
        throw new TimeoutException("no more records came of " + partition);
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.key() != null) {
          taker.accept(record);
        }
      }
    }
  }

  /** The newest record of each key that has a value. */
  Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest(TopicPartition partition) {
    Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
    read(
        partition,
        record -> {
          ByteBuffer key = ByteBuffer.wrap(record.key());
          if (record.value() == null) {
            newest.remove(key);
          } else {
            newest.put(key, record);
          }
        });
    return newest;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
