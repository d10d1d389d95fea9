package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.store.StoreKeySerde;
import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.indexer.told.StoredRecords;
import io.fleetcompat.indexer.told.ToldRecords;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PackFile;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of the judge, typed. One stream thread. */
final class JudgeStores {

  private static final String NEXT_NUMBER = "next-number";

  private final TypedStore<CensusKey, Census> census;
  private final TypedStore<String, ProfileRecord> profiles;
  private final TypedStore<MatrixKey, MatrixRow> rows;
  private final KeyValueStore<String, byte[]> superseded;
  private final KeyValueStore<String, byte[]> meta;
  private final TypedStore<MatrixKey, RuleSetRecord> rules;
  private final TypedStore<MatrixKey, MatrixGeneration> generations;
  private final TypedStore<MatrixKey, RulesInForce> inForce;
  private final TypedStore<MatrixKey, RulesRefused> refused;

  /** The work that makes anew what cannot be read, once it was rejected. */
  interface Lost {

    /** That a partition has a profile is known, its content is not. */
    void census(CensusKey key);

    /** The number of a profile is not known. */
    void profile(Fingerprint profile);
  }

  JudgeStores(ProcessorContext<byte[], byte[]> context, UnreadableEntries unreadable, Lost lost) {
    this.census =
        new TypedStore<>(
            context.getStateStore(JudgeNodes.CENSUS_STORE),
            RecordKeys.CENSUS,
            ValueForm.of(Codecs.CENSUS, CensusRecords::require),
            unreadable,
            lost::census);
    this.profiles =
        new TypedStore<>(
            context.getStateStore(JudgeNodes.PROFILE_STORE),
            RecordKeys.PROFILE,
            ValueForm.of(Codecs.PROFILE),
            unreadable,
            name -> lost.profile(Fingerprint.parse(name)));
    this.superseded = context.getStateStore(JudgeNodes.ROW_STORE);
    // A profile without a row is judged again.
    this.rows =
        new TypedStore<>(
            superseded, RecordKeys.MATRIX, ValueForm.of(Codecs.MATRIX_ROW), unreadable);
    this.meta = context.getStateStore(JudgeNodes.META_STORE);
    // What is not there of these is written again by whoever keeps it.
    this.rules =
        new TypedStore<>(
            meta,
            RecordKeys.MATRIX,
            ValueForm.of(Codecs.RULE_SET, JudgeStores::requireRules),
            unreadable);
    this.generations =
        new TypedStore<>(
            meta, RecordKeys.MATRIX, ValueForm.of(Codecs.MATRIX_GENERATION), unreadable);
    this.inForce =
        new TypedStore<>(meta, RecordKeys.MATRIX, ValueForm.of(Codecs.RULES_IN_FORCE), unreadable);
    this.refused =
        new TypedStore<>(meta, RecordKeys.MATRIX, ValueForm.of(Codecs.RULES_REFUSED), unreadable);
  }

  private static void requireRules(MatrixKey key, RuleSetRecord record) throws BadRecordException {
    JudgedRules.requireName(((MatrixKey.Rules) key).rules(), record.getRuleSet());
    long files = record.getPacks().stream().map(PackFile::getFile).distinct().count();
    if (files != record.getPacks().size()) {
      throw new BadRecordException(Code.INVALID, "packs of different names", "one name twice");
    }
  }

  void putCensus(CensusKey key, byte[] record) {
    census.putEncoded(key, record);
  }

  void removeCensus(CensusKey key) {
    census.remove(key);
  }

  Optional<Census> findCensus(CensusKey key) {
    return census.find(key);
  }

  /** The keys of the census, with whatever value: that there are hosts is said by the key alone. */
  void forEachCensusKey(Consumer<CensusKey> consumer) {
    census.forEachKey(consumer);
  }

  /** Looks whether all of the census can be read. */
  void checkCensus() {
    census.check();
  }

  byte[] putProfile(Fingerprint fingerprint, ProfileRecord profile) {
    return profiles.put(fingerprint.toString(), profile);
  }

  /** Removes a profile; gives its record, where it could be read. */
  Optional<byte[]> removeProfile(Fingerprint fingerprint) {
    Optional<byte[]> before = profiles.stored(fingerprint.toString());
    profiles.remove(fingerprint.toString());
    return before;
  }

  void forEachProfile(BiConsumer<Fingerprint, ProfileRecord> consumer) {
    profiles.forEach((name, record) -> consumer.accept(Fingerprint.parse(name), record));
  }

  byte[] putRow(RuleSetId rules, Fingerprint profile, MatrixRow row) {
    return rows.put(rowKey(rules, profile), row);
  }

  void removeRow(RuleSetId rules, Fingerprint profile) {
    rows.remove(rowKey(rules, profile));
  }

  /** True where there is a row under that number, of the form that is written now. */
  boolean hasRow(RuleSetId rules, Fingerprint profile, int number) {
    return rows.find(rowKey(rules, profile))
        .map(
            row ->
                row.getSource() == number
                    && row.getCompatibleSources() != null
                    && row.getUnknownSources() != null)
        .orElse(false);
  }

  /** Profiles that have a row of that rule set, up to a bound. */
  List<Fingerprint> someRows(RuleSetId rules, int most) {
    List<Fingerprint> found = new ArrayList<>();
    for (MatrixKey key : rows.keysFrom(rules + "/", most)) {
      if (key instanceof MatrixKey.Row row) {
        found.add(Fingerprint.parse(row.profile()));
      }
    }
    return found;
  }

  private static MatrixKey rowKey(RuleSetId rules, Fingerprint profile) {
    return new MatrixKey.Row(rules, profile.toString());
  }

  /** All that is told of rule sets, as it is stored; rows first. */
  void forEachOfMatrix(BiConsumer<MatrixKey, byte[]> consumer) {
    rows.forEachStored(consumer);
    List<MatrixKey> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = meta.all()) {
      while (all.hasNext()) {
        ofMatrix(all.next().key).ifPresent(keys::add);
      }
    }
    keys.forEach(key -> storedOfMatrix(key).ifPresent(value -> consumer.accept(key, value)));
  }

  /** The value that is told under a key, as it is stored. */
  Optional<byte[]> storedOfMatrix(MatrixKey key) {
    return switch (key) {
      case MatrixKey.Row _ -> rows.stored(key);
      case MatrixKey.Rules _ -> rules.stored(key);
      case MatrixKey.Generation _ -> generations.stored(key);
      case MatrixKey.InForce _ -> inForce.stored(key);
      case MatrixKey.Refused _ -> refused.stored(key);
      case MatrixKey.Superseded _ -> Optional.empty();
    };
  }

  private static Optional<MatrixKey> ofMatrix(String key) {
    try {
      return Optional.of(RecordKeys.MATRIX.parse(key));
    } catch (BadRecordException e) {
      return Optional.empty(); // a number, or what nobody asks for
    }
  }

  /** The profiles that are told, as they are stored. */
  ToldRecords toldProfiles() {
    return new StoredRecords<>(profiles, RecordKeys.PROFILE);
  }

  /** True where rows are there from before rule sets had rows of their own. */
  boolean hasSuperseded() {
    return meta.get(MatrixKey.Superseded.GENERATION.toString()) != null;
  }

  /** Removes such a row. */
  void removeSupersededRow(int number) {
    byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    superseded.delete(StoreKeySerde.text(key));
  }

  /** Removes the generation that was for all such rows. */
  void removeSupersededGeneration() {
    meta.delete(MatrixKey.Superseded.GENERATION.toString());
  }

  /** The number that was to be given next; 0 where nobody knows. */
  int nextNumber() {
    return Optional.ofNullable(meta.get(NEXT_NUMBER))
        .filter(bytes -> bytes.length == Integer.BYTES)
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
        ofMatrix(all.next().key)
            .filter(MatrixKey.Rules.class::isInstance)
            .flatMap(rules::find)
            .ifPresent(found::add);
      }
    }
    return found;
  }

  byte[] putRules(RuleSetId id, RuleSetRecord record) {
    return rules.put(new MatrixKey.Rules(id), record);
  }

  /** Removes a rule set; gives its record. */
  Optional<byte[]> removeRules(RuleSetId id) {
    Optional<byte[]> before = rules.stored(new MatrixKey.Rules(id));
    rules.remove(new MatrixKey.Rules(id));
    return before;
  }

  Optional<MatrixGeneration> generation(RuleSetId id) {
    return generations.find(new MatrixKey.Generation(id));
  }

  byte[] putGeneration(RuleSetId id, MatrixGeneration generation) {
    return generations.put(new MatrixKey.Generation(id), generation);
  }

  void removeGeneration(RuleSetId id) {
    generations.remove(new MatrixKey.Generation(id));
  }

  Optional<RulesInForce> inForce() {
    return inForce.find(new MatrixKey.InForce());
  }

  /** The record of the rule set in force, as it is stored. */
  Optional<byte[]> storedInForce() {
    return inForce.stored(new MatrixKey.InForce());
  }

  byte[] putInForce(RulesInForce now) {
    return inForce.put(new MatrixKey.InForce(), now);
  }

  Optional<RulesRefused> refused() {
    return refused.find(new MatrixKey.Refused());
  }

  byte[] putRefused(RulesRefused now) {
    return refused.put(new MatrixKey.Refused(), now);
  }

  void removeRefused() {
    refused.remove(new MatrixKey.Refused());
  }
}
