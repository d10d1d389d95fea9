package io.fleetcompat.query.replica;

import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.keys.RecordStamp;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The check that heartbeats are their hosts', marked with a key that counts, and come for the first
 * time (ADR 0036): a replica reads them itself, beside the indexer. Others are left out, as if
 * nobody had sent them. One thread.
 */
final class MarkedHeartbeats {

  private final HeartbeatKey key;
  private final String heartbeats;
  private final Topic<String, RegisteredKey> keys;
  private final Map<String, RecordStamp> newest = new HashMap<>();

  /** By host. Of one that is not among them every generation counts: its key may be read next. */
  private final Map<String, Generations> registered = new HashMap<>();

  /**
   * Records that were looked through.
   *
   * @param records without those that do not count, and without registered keys
   * @param ended hosts that were heard with a key that counts no more: they are as good as removed,
   *     until they are heard again
   */
  record Believed(ConsumerRecords<byte[], byte[]> records, List<HostRemoved> ended) {}

  MarkedHeartbeats(HeartbeatKey key, Topics topics) {
    this.key = key;
    this.heartbeats = topics.hostCapacity().name();
    this.keys = topics.keys();
  }

  /** Looks through records; what is wrong with those that do not count is kept. */
  Believed believed(ConsumerRecords<byte[], byte[]> records, RejectedRecords rejected, long now) {
    List<HostRemoved> ended = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records.records(keys.name())) {
      register(record, rejected, now).ifPresent(ended::add);
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> believed = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> of = records.records(partition);
      if (partition.topic().equals(heartbeats)) {
        believed.put(partition, believed(of, rejected, now));
      } else if (!partition.topic().equals(keys.name())) {
        believed.put(partition, of);
      }
    }
    return new Believed(new ConsumerRecords<>(believed, records.nextOffsets()), ended);
  }

  /** Takes a registered key; tells where a host was heard with one that counts no more. */
  private Optional<HostRemoved> register(
      ConsumerRecord<byte[], byte[]> record, RejectedRecords rejected, long now) {
    Optional<String> host = Optional.empty();
    Generations counted = Generations.NONE;
    try {
      host = Optional.of(keys.keys().decode(record.key()));
      counted =
          keys.decode(host.get(), record.value()).map(Generations::of).orElse(Generations.NONE);
    } catch (BadRecordException e) {
      rejected.add(record, String.valueOf(e.getMessage()), now);
    }
    if (host.isEmpty()) {
      return Optional.empty();
    }
    registered.put(host.get(), counted);
    RecordStamp heard = newest.get(host.get());
    boolean ends = heard != null && !counted.accept(heard.generation());
    return ends ? Optional.of(new HostRemoved(host.get(), record.timestamp())) : Optional.empty();
  }

  private List<ConsumerRecord<byte[], byte[]>> believed(
      List<ConsumerRecord<byte[], byte[]>> records, RejectedRecords rejected, long now) {
    List<ConsumerRecord<byte[], byte[]>> believed = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        if (isNew(record)) {
          believed.add(record);
        }
      } catch (BadRecordException e) {
        rejected.add(record, String.valueOf(e.getMessage()), now);
      }
    }
    return believed;
  }

  /** False where it was read before: a producer may send a record twice. */
  private boolean isNew(ConsumerRecord<byte[], byte[]> record) throws BadRecordException {
    String host = RecordKeys.HOST.decode(record.key());
    RecordStamp stamp =
        key.check(
            host,
            new HostRecord(heartbeats, record.key(), record.value()),
            record.headers(),
            registered.getOrDefault(host, Generations.ANY));
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
    registered.clear();
  }
}
