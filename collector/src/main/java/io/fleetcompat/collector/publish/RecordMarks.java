package io.fleetcompat.collector.publish;

import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/**
 * The marks of records with their hosts' keys (ADR 0036). Any number of threads.
 *
 * @param keys of this process; it may have none, and marks nothing then
 */
record RecordMarks(HostKeys keys, Topics topics) {

  /**
   * The headers of a record.
   *
   * @throws IOException if its host has no key that can be read
   */
  List<Header> of(Outbox.Slot slot, byte[] key, Outbox.Content content) throws IOException {
    Optional<HostKey> own = keys.of(slot.host());
    if (own.isEmpty()) {
      return List.of();
    }
    HostRecord record = new HostRecord(slot.topic(), key, content.bytes());
    boolean isHeartbeat = slot.topic().equals(topics.hostCapacity().name());
    return List.of(
        isHeartbeat
            ? own.get().markHeartbeat(record, content.epoch(), content.number())
            : own.get().markDocument(record, content.epoch(), content.number()));
  }
}
