package io.fleetcompat.schemas;

import io.fleetcompat.schemas.BadRecordException.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one kind of record: Avro's single-object encoding, which begins with the fingerprint
 * of the writer's schema. Every released schema is among the resources, so there is no registry to
 * ask. Decoding treats the bytes as hostile. Immutable; any number of threads.
 *
 * @param <T> the generated record
 */
public final class RecordCodec<T extends SpecificRecord> {

  /** The marker of single-object encoding. */
  private static final int MARKER = 0xc301;

  private static final int HEADER_BYTES = 10;

  /** The fingerprints of the forms in which this version writes records. */
  private final Set<Long> written = new HashSet<>();

  static {
    TrustedRecords.trust();
  }

  /** A rule that a record must satisfy beyond its schema. */
  interface Rule<T> {
    void check(T record) throws BadRecordException;
  }

  /**
   * An earlier release as which records are still written.
   *
   * @param release whose schema is the beginning of the current one
   * @param saysAll true of a record that it says whole
   */
  record OlderForm<T>(int release, Predicate<T> saysAll) {}

  /** An encoder, and the records that it is for. */
  private record Encoder<T>(Predicate<T> saysAll, BinaryMessageEncoder<T> encoder) {}

  private final String name;
  private final Rule<T> rule;

  /** By release; the last one, the current, is for every record. */
  private final List<Encoder<T>> encoders = new ArrayList<>();

  private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();

  RecordCodec(Class<T> record, Schema current, Rule<T> rule) {
    this(record, current, rule, List.of());
  }

  /**
   * A codec of records whose newest fields mostly say nothing: these are written as an older
   * release has them, so that readers that know no newer one go on reading them.
   *
   * @param older the releases for that, the oldest first: the first that says a record whole is
   *     taken
   */
  RecordCodec(Class<T> record, Schema current, Rule<T> rule, List<OlderForm<T>> older) {
    SpecificData model = SpecificData.getForClass(record);
    this.name = current.getName();
    this.rule = rule;
    List<Schema> releases = ReleasedSchemas.of(name);
    for (OlderForm<T> form : older) {
      Schema released = releases.get(form.release() - 1);
      encoders.add(new Encoder<>(form.saysAll(), new BinaryMessageEncoder<>(model, released)));
      written.add(fingerprint(released));
    }
    encoders.add(new Encoder<>(_ -> true, new BinaryMessageEncoder<>(model, current)));
    for (Schema released : releases) {
      readers.put(fingerprint(released), new SpecificDatumReader<>(released, current, model));
    }
    written.add(fingerprint(current));
    readers.put(fingerprint(current), new SpecificDatumReader<>(current, current, model));
  }

  /** The record as bytes, which {@link #decode} turns back into an equal record. */
  public byte[] encode(T record) {
    EncodedBytes encoded = new EncodedBytes();
    write(record, encoded);
    if (encoded.isWhole()) {
      return encoded.bytes();
    }
    byte[] bytes = new byte[encoded.size()];
    write(record, EncodedBytes.into(bytes));
    return bytes;
  }

  /** Writes the bytes that {@link #encode} gives, without holding all of them at once. */
  public void write(T record, OutputStream out) {
    try {
      encoder(record).encode(record, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BinaryMessageEncoder<T> encoder(T record) {
    return encoders.stream()
        .filter(each -> each.saysAll().test(record))
        .findFirst()
        .orElseThrow()
        .encoder();
  }

  /**
   * Checks what readers demand of the record beyond its schema and size.
   *
   * @throws BadRecordException saying what they expect
   */
  public void check(T record) throws BadRecordException {
    rule.check(record);
  }

  /**
   * The record in these bytes.
   *
   * @throws BadRecordException whatever is wrong with them; nothing else is ever thrown
   */
  public T decode(byte @Nullable [] bytes) throws BadRecordException {
    if (bytes == null) {
      throw new BadRecordException(Code.UNDECODABLE, "a " + name + " record", "no value");
    }
    if (bytes.length > Limits.RECORD_BYTES) {
      throw new BadRecordException(
          Code.TOO_LARGE, "at most " + Limits.RECORD_BYTES + " bytes", bytes.length + " bytes");
    }
    SpecificDatumReader<T> reader = reader(bytes);
    WireForm.check(bytes, HEADER_BYTES, reader.getSchema());
    T record = read(reader, bytes);
    rule.check(record);
    return record;
  }

  /** True of bytes in a form that this version writes; false of any other. */
  public boolean isCurrent(byte[] bytes) {
    return bytes.length >= HEADER_BYTES
        && written.contains(
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES));
  }

  private SpecificDatumReader<T> reader(byte[] bytes) throws BadRecordException {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES || (header.getShort() & 0xffff) != MARKER) {
      throw new BadRecordException(
          Code.UNDECODABLE,
          "Avro single-object encoding, which begins with c3 01",
          bytes.length + " bytes that do not");
    }
    long fingerprint = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
    SpecificDatumReader<T> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new BadRecordException(
          Code.UNKNOWN_SCHEMA,
          "a released schema of " + name + " (is the sender newer than this reader?)",
          "fingerprint " + Long.toHexString(fingerprint));
    }
    return reader;
  }

  private T read(SpecificDatumReader<T> reader, byte[] bytes) throws BadRecordException {
    try {
      var decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
      return reader.read(null, decoder);
    } catch (IOException | AvroRuntimeException e) {
      throw new BadRecordException(Code.UNDECODABLE, "a " + name + " record", e.toString());
    }
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }
}
