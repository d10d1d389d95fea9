package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that topics got between two moments, whoever wrote them, in the order of their times:
 * the processor's inputs and outputs of one upgrade, changelogs too. Immutable.
 */
record WrittenRecords(List<ConsumerRecord<byte[], byte[]>> records) {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final double MEBIBYTE = 1048576;

  WrittenRecords {
    records = records.stream().sorted(Comparator.comparingLong(ConsumerRecord::timestamp)).toList();
  }

  /** A moment: where the partitions of topics end. */
  record Since(Map<TopicPartition, Long> ends) {

    static Since now(Stack stack, List<String> topics) {
      try (KafkaConsumer<byte[], byte[]> consumer = PlainConsume.consumer(stack)) {
        return new Since(consumer.endOffsets(PlainConsume.partitions(consumer, topics)));
      }
    }
  }

  /** The records since then that are committed now. */
  static WrittenRecords read(Stack stack, Since since) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = PlainConsume.consumer(stack)) {
      consumer.assign(since.ends().keySet());
      since.ends().forEach(consumer::seek);
      Map<TopicPartition, Long> ends = consumer.endOffsets(since.ends().keySet());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(read::add);
      }
    }
    return new WrittenRecords(read);
  }

  WrittenRecords only(Predicate<String> topic) {
    return new WrittenRecords(records.stream().filter(r -> topic.test(r.topic())).toList());
  }

  /** The number of records of each topic. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    records.forEach(record -> counts.merge(record.topic(), 1, Integer::sum));
    return counts;
  }

  /** The newest time of a record of a topic, as Kafka has it, in milliseconds since 1970. */
  long lastAt(String topic) {
    return records.stream()
        .filter(record -> record.topic().equals(topic))
        .mapToLong(ConsumerRecord::timestamp)
        .max()
        .orElse(0);
  }

  /** Records and bytes of each topic; bytes of keys and values, before compression. */
  Table table(int hosts) {
    Map<String, Long> bytes = new TreeMap<>();
    records.forEach(record -> bytes.merge(record.topic(), size(record), Long::sum));
    Map<String, Integer> counts = counts();
    Table table = new Table("hosts", "topic", "records", "MiB", "bytes a record");
    bytes.forEach(
        (topic, size) -> {
          int many = counts.getOrDefault(topic, 0);
          table.row(hosts, "`" + topic + "`", many, size / MEBIBYTE, (double) size / many);
        });
    return table;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long key = Math.max(0, record.serializedKeySize());
    return key + Math.max(0, record.serializedValueSize());
  }
}
