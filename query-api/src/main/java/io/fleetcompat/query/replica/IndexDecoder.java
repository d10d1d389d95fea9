package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Decodes records of the index topics: of a large batch on all processors, since that is most of a
 * cold start. Whatever a record causes is that record's rejection. Immutable; any number of
 * threads.
 */
final class IndexDecoder {

  /** The number of records from which on it pays to share the work. */
  private static final int MANY = 256;

  private final Map<String, FollowedTopic<?, ?>> topics = new HashMap<>();

  IndexDecoder(List<FollowedTopic<?, ?>> followed) {
    followed.forEach(topic -> topics.put(topic.topic().name(), topic));
  }

  /** A record with the change that it makes, and the one that it makes where it cannot be used. */
  record Decoded(ConsumerRecord<byte[], byte[]> record, Removal removal, IndexChange change) {}

  /** The records with the changes that they make, in their order. */
  List<Decoded> decode(ConsumerRecords<byte[], byte[]> records) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records.count());
    records.forEach(all::add);
    Stream<ConsumerRecord<byte[], byte[]>> each =
        all.size() < MANY ? all.stream() : all.parallelStream();
    return each.map(this::decode).toList();
  }

  /** Nothing but what is followed is read. */
  private Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    return Objects.requireNonNull(topics.get(record.topic()), record.topic()).decode(record);
  }

  /** The rejection of a record for a fault that nobody has foreseen. */
  static Rejected rejected(Removal removal, Throwable fault) {
    BadRecordException why =
        new BadRecordException(Code.INVALID, "a record that can be used", fault.toString());
    return new Rejected(removal, String.valueOf(why.getMessage()));
  }
}
