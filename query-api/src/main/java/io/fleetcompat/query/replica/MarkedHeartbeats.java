package io.fleetcompat.query.replica;

import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.keys.RecordStamp;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.RecordKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The check that heartbeats are their hosts', and come for the first time (ADR 0036): a replica
 * reads them itself, beside the indexer. Others are left out, as if nobody had sent them. One
 * thread.
 */
final class MarkedHeartbeats {

  private final Optional<HeartbeatKey> key;
  private final String topic;
  private final Map<String, RecordStamp> newest = new HashMap<>();

  /**
   * @param key by which marks are known; empty where nobody is asked for them
   */
  MarkedHeartbeats(Optional<HeartbeatKey> key, String topic) {
    this.key = key;
    this.topic = topic;
  }

  /** The records without heartbeats that do not count; what is wrong with those is kept. */
  ConsumerRecords<byte[], byte[]> believed(
      ConsumerRecords<byte[], byte[]> records, RejectedRecords rejected, long now) {
    if (key.isEmpty()) {
      return records;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> believed = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> of = records.records(partition);
      believed.put(
          partition, partition.topic().equals(topic) ? believed(key.get(), of, rejected, now) : of);
    }
    return new ConsumerRecords<>(believed, records.nextOffsets());
  }

  private List<ConsumerRecord<byte[], byte[]>> believed(
      HeartbeatKey by,
      List<ConsumerRecord<byte[], byte[]>> records,
      RejectedRecords rejected,
      long now) {
    List<ConsumerRecord<byte[], byte[]>> believed = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        if (isNew(by, record)) {
          believed.add(record);
        }
      } catch (BadRecordException e) {
        rejected.add(record, String.valueOf(e.getMessage()), now);
      }
    }
    return believed;
  }

  /** False where it was read before: a producer may send a record twice. */
  private boolean isNew(HeartbeatKey by, ConsumerRecord<byte[], byte[]> record)
      throws BadRecordException {
    String host = RecordKeys.HOST.decode(record.key());
    RecordStamp stamp =
        by.check(host, new HostRecord(topic, record.key(), record.value()), record.headers());
    RecordStamp before = newest.get(host);
    if (before != null && stamp.compareTo(before) < 0) {
      throw new BadRecordException(
          Code.REPLAYED, "a heartbeat after the newest one, " + before, stamp.toString());
    }
    newest.put(host, stamp);
    return !stamp.equals(before);
  }

  /** All is read again, from its beginning. */
  void forget() {
    newest.clear();
  }
}
