package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stores of the judge, typed. One stream thread. */
final class JudgeStores {

  private static final String NEXT_NUMBER = "next-number";
  private static final String RULES_END = "/rules";
  private static final String REFUSED = new MatrixKey.Refused().toString();
  private static final String IN_FORCE = new MatrixKey.InForce().toString();

  private final KeyValueStore<String, byte[]> census;
  private final KeyValueStore<String, byte[]> profiles;
  private final KeyValueStore<Bytes, byte[]> rows;
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

  /** Removes a profile; gives its record. */
  Optional<byte[]> removeProfile(Fingerprint fingerprint) {
    return Optional.ofNullable(profiles.delete(fingerprint.toString()));
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

  byte[] putRow(RuleSetId rules, Fingerprint profile, MatrixRow row) {
    byte[] encoded = Codecs.MATRIX_ROW.encode(row);
    rows.put(rowKey(rules, profile), encoded);
    return encoded;
  }

  void removeRow(RuleSetId rules, Fingerprint profile) {
    rows.delete(rowKey(rules, profile));
  }

  /** True where there is a row under that number, of the form that is written now. */
  boolean hasRow(RuleSetId rules, Fingerprint profile, int number) {
    return decoded(Codecs.MATRIX_ROW, rows.get(rowKey(rules, profile)))
        .map(
            row ->
                row.getSource() == number
                    && row.getCompatibleSources() != null
                    && row.getUnknownSources() != null)
        .orElse(false);
  }

  /** Profiles that have a row of that rule set, up to a bound. */
  List<Fingerprint> someRows(RuleSetId rules, int most) {
    String prefix = rules + "/";
    List<Fingerprint> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = rows.prefixScan(prefix, new StringSerializer())) {
      while (found.size() < most && all.hasNext()) {
        String key = new String(all.next().key.get(), StandardCharsets.UTF_8);
        found.add(Fingerprint.parse(key.substring(prefix.length())));
      }
    }
    return found;
  }

  private static Bytes rowKey(RuleSetId rules, Fingerprint profile) {
    return Bytes.wrap(RecordKeys.MATRIX.encode(new MatrixKey.Row(rules, profile.toString())));
  }

  /** True where rows are there from before rule sets had rows of their own. */
  boolean hasSuperseded() {
    return meta.get(MatrixKey.Superseded.GENERATION.toString()) != null;
  }

  /** Removes such a row. */
  void removeSupersededRow(int number) {
    rows.delete(Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()));
  }

  /** Removes the generation that was for all such rows. */
  void removeSupersededGeneration() {
    meta.delete(MatrixKey.Superseded.GENERATION.toString());
  }

  int nextNumber() {
    return Optional.ofNullable(meta.get(NEXT_NUMBER))
        .map(bytes -> ByteBuffer.wrap(bytes).getInt())
        .orElse(0);
  }

  void putNextNumber(int next) {
    meta.put(NEXT_NUMBER, ByteBuffer.allocate(Integer.BYTES).putInt(next).array());
  }

  /** All rule sets that were begun and not removed. */
  List<RuleSetRecord> ruleSets() {
    List<RuleSetRecord> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = meta.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        if (entry.key.endsWith(RULES_END)) {
          decoded(Codecs.RULE_SET, entry.value).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  byte[] putRules(RuleSetId rules, RuleSetRecord record) {
    byte[] encoded = Codecs.RULE_SET.encode(record);
    meta.put(new MatrixKey.Rules(rules).toString(), encoded);
    return encoded;
  }

  /** Removes a rule set; gives its record. */
  Optional<byte[]> removeRules(RuleSetId rules) {
    return Optional.ofNullable(meta.delete(new MatrixKey.Rules(rules).toString()));
  }

  Optional<MatrixGeneration> generation(RuleSetId rules) {
    String key = new MatrixKey.Generation(rules).toString();
    return decoded(Codecs.MATRIX_GENERATION, meta.get(key));
  }

  byte[] putGeneration(RuleSetId rules, MatrixGeneration generation) {
    byte[] encoded = Codecs.MATRIX_GENERATION.encode(generation);
    meta.put(new MatrixKey.Generation(rules).toString(), encoded);
    return encoded;
  }

  void removeGeneration(RuleSetId rules) {
    meta.delete(new MatrixKey.Generation(rules).toString());
  }

  Optional<RulesInForce> inForce() {
    return decoded(Codecs.RULES_IN_FORCE, meta.get(IN_FORCE));
  }

  /** The record of the rule set in force, as it is stored. */
  Optional<byte[]> storedInForce() {
    return Optional.ofNullable(meta.get(IN_FORCE));
  }

  byte[] putInForce(RulesInForce inForce) {
    byte[] encoded = Codecs.RULES_IN_FORCE.encode(inForce);
    meta.put(IN_FORCE, encoded);
    return encoded;
  }

  Optional<RulesRefused> refused() {
    return decoded(Codecs.RULES_REFUSED, meta.get(REFUSED));
  }

  byte[] putRefused(RulesRefused refused) {
    byte[] encoded = Codecs.RULES_REFUSED.encode(refused);
    meta.put(REFUSED, encoded);
    return encoded;
  }

  void removeRefused() {
    meta.delete(REFUSED);
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
