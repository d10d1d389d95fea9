package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.records.OverrideRecords;
import io.fleetcompat.records.ProbedPairs;
import io.fleetcompat.records.ProfileContent;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records that verdicts depend on, and their meaning. One that cannot be used ends what its key
 * had, as for replicas. Pure.
 */
final class InputRecords {

  private final Topics topics;
  private final RecordGuard guard = new RecordGuard();

  InputRecords(Topics topics) {
    this.topics = topics;
  }

  /** True of the topics whose records these are. */
  boolean isInput(String topic) {
    return topic.equals(topics.profiles().name())
        || topic.equals(topics.overrides().name())
        || topic.equals(topics.probeVerdicts().name())
        || topic.equals(topics.matrix().name());
  }

  /** A taker of the contents of records; empty ones end what the key had. */
  interface Taker {

    void profile(Fingerprint id, Optional<Profile> content);

    void answer(ProbePair pair, Optional<ProbeVerdict> verdict);

    void override(String id, Optional<RuleOverride> override);

    void rules(RuleSetId id, Optional<JudgedRules> rules);

    /** The rule set in force, as it is spelled. */
    void inForce(Optional<String> ruleSet);
  }

  /**
   * Hands over what a record says; true where verdicts depend on it.
   *
   * @param value null for a tombstone
   * @throws BadRecordException if it cannot be used; what its key had is ended then, if the key can
   *     be read
   */
  boolean read(String topic, byte[] key, byte @Nullable [] value, Taker taker)
      throws BadRecordException {
    if (topic.equals(topics.profiles().name())) {
      profile(topics.profiles().keys().decode(key), value, taker);
    } else if (topic.equals(topics.overrides().name())) {
      override(topics.overrides().keys().decode(key), value, taker);
    } else if (topic.equals(topics.probeVerdicts().name())) {
      answer(topics.probeVerdicts().keys().decode(key), value, taker);
    } else {
      return matrix(topics.matrix().keys().decode(key), value, taker);
    }
    return true;
  }

  private void profile(String key, byte @Nullable [] value, Taker taker) throws BadRecordException {
    Fingerprint id = Fingerprint.parse(key);
    take(
        () -> meaning(topics.profiles(), key, value, r -> ProfileContent.of(id, r).profile()),
        content -> taker.profile(id, content));
  }

  private void override(String id, byte @Nullable [] value, Taker taker) throws BadRecordException {
    take(
        () -> meaning(topics.overrides(), id, value, r -> OverrideRecords.override(id, r)),
        override -> taker.override(id, override));
  }

  private void answer(ProbeKey key, byte @Nullable [] value, Taker taker)
      throws BadRecordException {
    ProbePair pair = ProbedPairs.pair(key);
    take(
        () -> meaning(topics.probeVerdicts(), key, value, r -> answer(pair, r)),
        verdict -> taker.answer(pair, verdict.flatMap(found -> found)));
  }

  private static Optional<ProbeVerdict> answer(ProbePair pair, ProbedPair record)
      throws BadRecordException {
    ProbedPairs.requirePair(pair, record);
    return ProbedPairs.answer(record);
  }

  private boolean matrix(MatrixKey key, byte @Nullable [] value, Taker taker)
      throws BadRecordException {
    switch (key) {
      case MatrixKey.Rules(RuleSetId id) ->
          take(
              () ->
                  meaning(topics.matrix(), key, value, r -> JudgedRules.of(id, (RuleSetRecord) r)),
              rules -> taker.rules(id, rules));
      case MatrixKey.InForce _ ->
          take(
              () -> meaning(topics.matrix(), key, value, r -> ((RulesInForce) r).getRuleSet()),
              taker::inForce);
      case MatrixKey.Row _, MatrixKey.Generation _, MatrixKey.Refused _, MatrixKey.Superseded _ -> {
        return false;
      }
    }
    return true;
  }

  private interface Reader<V, T> {
    T read(V record) throws BadRecordException;
  }

  private static <K, V extends SpecificRecord, T> Optional<T> meaning(
      Topic<K, V> topic, K key, byte @Nullable [] value, Reader<V, T> reader)
      throws BadRecordException {
    Optional<V> record = topic.decode(key, value);
    return record.isEmpty() ? Optional.empty() : Optional.of(reader.read(record.get()));
  }

  private <T> void take(RecordGuard.Work<Optional<T>> meaning, Consumer<Optional<T>> taker)
      throws BadRecordException {
    Optional<T> content;
    try {
      content = guard.run(meaning);
    } catch (BadRecordException e) {
      taker.accept(Optional.empty());
      throw e;
    }
    taker.accept(content);
  }
}
