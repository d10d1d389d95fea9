package io.fleetcompat.oracle.simulated;

import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.oracle.simulated.FakeLog.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A consumer of what is committed in a {@link FakeLog}, which gives as much of each partition as it
 * was told before. One thread.
 */
final class LogConsumer extends MockConsumer<byte[], byte[]> {

  private final FakeLog log;
  private final String heartbeats;
  private final BiConsumer<TopicPartition, Entry> seen;
  private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
  private List<TopicPartition> assigned = List.of();
  private int most;
  private long entropy;

  /**
   * @param seen told of each record that is given
   */
  LogConsumer(FakeLog log, String heartbeats, BiConsumer<TopicPartition, Entry> seen) {
    super("earliest");
    this.log = log;
    this.heartbeats = heartbeats;
    this.seen = seen;
  }

  /** The next poll gives at most so many records, of partitions in an order that follows this. */
  void next(int records, long order) {
    this.most = records;
    this.entropy = order;
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return log.partitions(topic).stream()
        .map(p -> new PartitionInfo(topic, p.name().partition(), null, null, null))
        .toList();
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    assigned = List.copyOf(partitions);
    assigned.forEach(partition -> positions.put(partition, 0L));
  }

  @Override
  public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> positions.put(partition, 0L));
  }

  @Override
  public synchronized long position(TopicPartition partition, Duration timeout) {
    return positions.getOrDefault(partition, 0L);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, log.partition(partition).stable()));
    return ends;
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new LinkedHashMap<>();
    int left = most;
    for (int i = 0; i < assigned.size(); i++) {
      TopicPartition partition =
          assigned.get((int) Long.remainderUnsigned(entropy + i, assigned.size()));
      left -= read(partition, left, found);
    }
    return new ConsumerRecords<>(found, Map.of());
  }

  private int read(
      TopicPartition partition,
      int left,
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found) {
    Partition from = log.partition(partition);
    long position = positions.getOrDefault(partition, 0L);
    int read = 0;
    Entry next = from.next(position);
    for (; next != null && read < left; next = from.next(position)) {
      found.computeIfAbsent(partition, added -> new ArrayList<>()).add(record(partition, next));
      seen.accept(partition, next);
      position = next.offset() + 1;
      read++;
    }
    positions.put(partition, next == null ? from.stable() : position);
    return read;
  }

  private ConsumerRecord<byte[], byte[]> record(TopicPartition partition, Entry entry) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        entry.offset(),
        entry.timestamp(),
        partition.topic().equals(heartbeats)
            ? TimestampType.LOG_APPEND_TIME
            : TimestampType.CREATE_TIME,
        0,
        0,
        entry.key(),
        entry.value(),
        new RecordHeaders(entry.origin().headers()),
        Optional.empty());
  }
}
