package io.fleetcompat.query.history;

import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * The decoder of changes. One whose value cannot be read is rejected, and arrives without it; one
 * whose key cannot be read is rejected and concerns nobody. One thread.
 */
public final class ChangeDecoder {

  private final Topic<ChangeKey, ChangeRecord> topic;
  private final RejectedRecords rejected;
  private final Clock clock;

  public ChangeDecoder(
      Topic<ChangeKey, ChangeRecord> topic, RejectedRecords rejected, Clock clock) {
    this.topic = topic;
    this.rejected = rejected;
    this.clock = clock;
  }

  /** The changes of these records, in the order of their partitions. */
  List<ArrivedChange> decode(ConsumerRecords<byte[], byte[]> records) {
    List<ArrivedChange> arrived = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      decode(record).ifPresent(arrived::add);
    }
    return arrived;
  }

  /** The change of a record; empty where nobody can tell whom it concerns. */
  public Optional<ArrivedChange> decode(ConsumerRecord<byte[], byte[]> record) {
    ChangeKey subject;
    try {
      subject = topic.keys().decode(record.key());
    } catch (BadRecordException e) {
      reject(record, e);
      return Optional.empty();
    }
    Optional<ChangeRecord> change = change(subject, record);
    return Optional.of(
        new ArrivedChange(
            record.partition(), record.offset(), record.timestamp(), subject, change));
  }

  private Optional<ChangeRecord> change(ChangeKey subject, ConsumerRecord<byte[], byte[]> record) {
    try {
      Optional<ChangeRecord> change = topic.decode(subject, record.value());
      if (change.isEmpty()) {
        reject(record, "expected a change, found a tombstone");
      }
      return change;
    } catch (BadRecordException | RuntimeException | StackOverflowError e) {
      reject(record, e);
      return Optional.empty();
    }
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, Throwable fault) {
    reject(
        record,
        fault instanceof BadRecordException
            ? String.valueOf(fault.getMessage())
            : fault.toString());
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, String reason) {
    rejected.add(record, reason, clock.millis());
  }
}
