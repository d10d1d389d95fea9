package io.fleetcompat.query.watch;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic whose records are events: that of changes, and that of alerts. One thread. */
interface FeedTopic {

  /** Its name in Kafka. */
  String name();

  /** The event of a record; empty for a record that is none. */
  Optional<Content> read(ConsumerRecord<byte[], byte[]> record);

  /**
   * An event, wherever it stands.
   *
   * @param json what watchers are told
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  record Content(EventSubject subject, byte[] json) {}
}
