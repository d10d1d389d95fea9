package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of the index topics: of a large batch on all processors, since that is most of a
 * cold start. Whatever a record causes is that record's rejection. Immutable; any number of
 * threads.
 */
final class IndexDecoder {

  /** From so many records on it pays to share the work. */
  private static final int MANY = 256;

  /** The key of the generation, among those of the rows. */
  private static final String GENERATION = new MatrixKey.Generation().toString();

  private final Topics topics;

  IndexDecoder(Topics topics) {
    this.topics = topics;
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

  private Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    Removal removal = new Nothing();
    IndexChange change;
    try {
      removal = removal(record);
      change = change(removal, record);
    } catch (BadRecordException e) {
      change = new Rejected(removal, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      change = rejected(removal, e);
    }
    return new Decoded(record, removal, change);
  }

  /** The rejection of a record for a fault that nobody has foreseen. */
  static Rejected rejected(Removal removal, Throwable fault) {
    BadRecordException why =
        new BadRecordException(Code.INVALID, "a record that can be used", fault.toString());
    return new Rejected(removal, String.valueOf(why.getMessage()));
  }

  private Removal removal(ConsumerRecord<byte[], byte[]> record) throws BadRecordException {
    String topic = record.topic();
    String key = key(record.key());
    if (topic.equals(topics.hostCapacity().name())) {
      return new CapacityUnknown(host(key));
    }
    if (topic.equals(topics.placements().name())) {
      return new HostUnplaced(host(key));
    }
    if (topic.equals(topics.profiles().name())) {
      return new ProfileGone(fingerprint(key));
    }
    return key.equals(GENERATION) ? new RulesGone() : new RowGone(fingerprint(key));
  }

  private static IndexChange change(Removal removal, ConsumerRecord<byte[], byte[]> record)
      throws BadRecordException {
    byte[] bytes = record.value();
    boolean gone = bytes == null;
    return switch (removal) {
      case CapacityUnknown(String host) ->
          gone
              ? new HostRemoved(host, record.timestamp())
              : IndexChange.heard(host, Codecs.HOST_CAPACITY.decode(bytes), record.timestamp());
      case HostUnplaced(String host) ->
          gone ? removal : IndexChange.placed(host, Codecs.PLACEMENT.decode(bytes));
      case ProfileGone(Fingerprint id) ->
          gone ? removal : IndexChange.profile(id, Codecs.PROFILE.decode(bytes));
      case RowGone(Fingerprint id) ->
          gone ? removal : IndexChange.row(id, Codecs.MATRIX_ROW.decode(bytes));
      case RulesGone() ->
          gone ? removal : IndexChange.generation(Codecs.MATRIX_GENERATION.decode(bytes));
      case Nothing() -> removal;
    };
  }

  private static String key(byte @Nullable [] key) throws BadRecordException {
    if (key == null) {
      throw new BadRecordException(Code.INVALID, "a key", "none");
    }
    return new String(key, StandardCharsets.UTF_8);
  }

  private static String host(String key) throws BadRecordException {
    if (!HostName.isValid(key)) {
      throw new BadRecordException(Code.INVALID, HostName.RULE, "'" + key + "'");
    }
    return key;
  }

  private static Fingerprint fingerprint(String key) throws BadRecordException {
    try {
      return Fingerprint.parse(key);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(Code.INVALID, "a key of 32 hexadecimal digits", key);
    }
  }
}
