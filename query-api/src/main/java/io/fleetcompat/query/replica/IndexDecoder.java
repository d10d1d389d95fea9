package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Decodes records of the index topics: of a large batch on all processors, since that is most of a
 * cold start. Immutable; any number of threads.
 */
final class IndexDecoder {

  /** From so many records on it pays to share the work. */
  private static final int MANY = 256;

  private final Topics topics;

  IndexDecoder(Topics topics) {
    this.topics = topics;
  }

  /** What each record does, in their order. */
  List<IndexChange> decode(ConsumerRecords<byte[], byte[]> records) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records.count());
    records.forEach(all::add);
    Stream<ConsumerRecord<byte[], byte[]>> each =
        all.size() < MANY ? all.stream() : all.parallelStream();
    return each.map(this::decode).toList();
  }

  private IndexChange decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return change(record, key(record), record.value());
    } catch (BadRecordException e) {
      return (edit, replica) -> {
        throw e;
      };
    }
  }

  private IndexChange change(ConsumerRecord<byte[], byte[]> record, String key, byte[] bytes)
      throws BadRecordException {
    boolean gone = bytes == null;
    if (record.topic().equals(topics.hostCapacity().name())) {
      HostCapacity capacity = gone ? null : Codecs.HOST_CAPACITY.decode(bytes);
      return (edit, replica) -> {
        edit.capacity(key, capacity);
        if (capacity == null) {
          replica.gone(key, record.timestamp());
        } else {
          replica.seen(key, record.timestamp(), DocumentVersion.of(capacity));
        }
      };
    }
    if (record.topic().equals(topics.placements().name())) {
      Placement placement = gone ? null : Codecs.PLACEMENT.decode(bytes);
      return (edit, replica) -> edit.placement(key, placement);
    }
    if (record.topic().equals(topics.profiles().name())) {
      ProfileRecord profile = gone ? null : Codecs.PROFILE.decode(bytes);
      return (edit, replica) -> edit.profile(key, profile);
    }
    if (key.equals("generation")) {
      MatrixGeneration generation = gone ? null : Codecs.MATRIX_GENERATION.decode(bytes);
      return (edit, replica) -> edit.generation(generation);
    }
    MatrixRow row = gone ? null : Codecs.MATRIX_ROW.decode(bytes);
    return (edit, replica) -> edit.row(key, row);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) throws BadRecordException {
    byte[] key = record.key();
    if (key == null) {
      throw new BadRecordException(BadRecordException.Code.INVALID, "a key", "none");
    }
    return new String(key, StandardCharsets.UTF_8);
  }
}
