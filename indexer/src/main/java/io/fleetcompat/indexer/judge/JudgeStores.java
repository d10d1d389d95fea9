package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stores of the judge, typed. One stream thread. */
final class JudgeStores {

  private static final String NEXT_NUMBER = "next-number";
  private static final String GENERATION = "generation";

  private final KeyValueStore<String, byte[]> census;
  private final KeyValueStore<String, byte[]> profiles;
  private final KeyValueStore<Integer, byte[]> rows;
  private final KeyValueStore<String, byte[]> meta;

  JudgeStores(ProcessorContext<byte[], byte[]> context) {
    this.census = context.getStateStore(JudgeNodes.CENSUS_STORE);
    this.profiles = context.getStateStore(JudgeNodes.PROFILE_STORE);
    this.rows = context.getStateStore(JudgeNodes.ROW_STORE);
    this.meta = context.getStateStore(JudgeNodes.META_STORE);
  }

  void putCensus(CensusKey key, byte[] record) {
    census.put(key.toString(), record);
  }

  void removeCensus(CensusKey key) {
    census.delete(key.toString());
  }

  Optional<Census> findCensus(CensusKey key) {
    return decoded(Codecs.CENSUS, census.get(key.toString()));
  }

  void forEachCensusKey(Consumer<CensusKey> consumer) {
    try (KeyValueIterator<String, byte[]> all = census.all()) {
      while (all.hasNext()) {
        consumer.accept(censusKey(all.next().key));
      }
    }
  }

  private static CensusKey censusKey(String key) {
    try {
      return RecordKeys.CENSUS.parse(key);
    } catch (BadRecordException e) {
      throw notOurs(e);
    }
  }

  byte[] putProfile(Fingerprint fingerprint, ProfileRecord profile) {
    byte[] encoded = Codecs.PROFILE.encode(profile);
    profiles.put(fingerprint.toString(), encoded);
    return encoded;
  }

  void removeProfile(Fingerprint fingerprint) {
    profiles.delete(fingerprint.toString());
  }

  void forEachProfile(BiConsumer<Fingerprint, ProfileRecord> consumer) {
    try (KeyValueIterator<String, byte[]> all = profiles.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        ProfileRecord profile = decoded(Codecs.PROFILE, entry.value).orElseThrow();
        consumer.accept(Fingerprint.parse(entry.key), profile);
      }
    }
  }

  byte[] putRow(MatrixRow row) {
    byte[] encoded = Codecs.MATRIX_ROW.encode(row);
    rows.put(row.getSource(), encoded);
    return encoded;
  }

  void removeRow(int number) {
    rows.delete(number);
  }

  /** True where there is a row, of the form that is written now. */
  boolean hasRow(int number) {
    return decoded(Codecs.MATRIX_ROW, rows.get(number))
        .map(row -> row.getCompatibleSources() != null && row.getUnknownSources() != null)
        .orElse(false);
  }

  int nextNumber() {
    return Optional.ofNullable(meta.get(NEXT_NUMBER))
        .map(bytes -> ByteBuffer.wrap(bytes).getInt())
        .orElse(0);
  }

  void putNextNumber(int next) {
    meta.put(NEXT_NUMBER, ByteBuffer.allocate(Integer.BYTES).putInt(next).array());
  }

  Optional<MatrixGeneration> generation() {
    return decoded(Codecs.MATRIX_GENERATION, meta.get(GENERATION));
  }

  byte[] putGeneration(MatrixGeneration generation) {
    byte[] encoded = Codecs.MATRIX_GENERATION.encode(generation);
    meta.put(GENERATION, encoded);
    return encoded;
  }

  private static <T extends SpecificRecord> Optional<T> decoded(
      RecordCodec<T> codec, byte @Nullable [] bytes) {
    try {
      return bytes == null ? Optional.empty() : Optional.of(codec.decode(bytes));
    } catch (BadRecordException e) {
      throw notOurs(e);
    }
  }

  private static IllegalStateException notOurs(BadRecordException cause) {
    return new IllegalStateException("a store of the judge holds what we did not write", cause);
  }
}
