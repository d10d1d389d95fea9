package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostProbesNot;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.OverrideRemoved;
import io.fleetcompat.query.replica.IndexChange.PairUnprobed;
import io.fleetcompat.query.replica.IndexChange.PoolForgotten;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.RefusalUnreadable;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.IndexChange.RulesTaken;
import io.fleetcompat.query.replica.IndexChange.RulesUnjudged;
import io.fleetcompat.query.replica.IndexChange.RulesUnwritten;
import io.fleetcompat.query.replica.IndexDecoder.Decoded;
import io.fleetcompat.records.ProbedPairs;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A topic that a replica follows, with the changes that its records make. The topic itself says how
 * its keys and values are spelled. Immutable; any number of threads.
 *
 * @param topic as the catalogue has it
 * @param removal the end of what a key had
 * @param values the change that a key's value makes
 * @param tombstones the change that a tombstone makes
 * @param <K> key
 * @param <V> value
 */
record FollowedTopic<K, V extends SpecificRecord>(
    Topic<K, V> topic,
    Function<K, Removal> removal,
    Values<K, V> values,
    Tombstones<K> tombstones) {

  /** The change that a key's value makes. */
  interface Values<K, V> {
    IndexChange change(K key, V value, long timestamp) throws BadRecordException;
  }

  /** The change that a tombstone makes. */
  interface Tombstones<K> {
    IndexChange change(K key, long timestamp);
  }

  /** All that a replica follows, in the order in which it finds them. */
  static List<FollowedTopic<?, ?>> all(Topics topics) {
    return List.of(
        profiles(topics.profiles()),
        matrix(topics.matrix()),
        probeVerdicts(topics.probeVerdicts()),
        probers(topics.probers()),
        overrides(topics.overrides()),
        poolHealth(topics.poolHealth()),
        placements(topics.placements()),
        hostCapacity(topics.hostCapacity()));
  }

  private static FollowedTopic<String, ProfileRecord> profiles(Topic<String, ProfileRecord> topic) {
    return of(
        topic,
        key -> new ProfileGone(Fingerprint.parse(key)),
        (key, value, _) -> IndexChange.profile(Fingerprint.parse(key), value));
  }

  private static FollowedTopic<MatrixKey, SpecificRecord> matrix(
      Topic<MatrixKey, SpecificRecord> topic) {
    return new FollowedTopic<>(
        topic,
        FollowedTopic::matrixRemoval,
        (key, value, _) ->
            switch (key) {
              case MatrixKey.Rules(RuleSetId rules) ->
                  IndexChange.rules(rules, (RuleSetRecord) value);
              case MatrixKey.Generation(RuleSetId rules) ->
                  IndexChange.generation(rules, (MatrixGeneration) value);
              case MatrixKey.Row(RuleSetId rules, String profile) ->
                  IndexChange.row(rules, Fingerprint.parse(profile), (MatrixRow) value);
              case MatrixKey.InForce() -> IndexChange.inForce((RulesInForce) value);
              case MatrixKey.Refused() -> IndexChange.refused((RulesRefused) value);
              case MatrixKey.Superseded _ -> new Nothing();
            },
        (key, _) -> key instanceof MatrixKey.Refused ? new RulesTaken() : matrixRemoval(key));
  }

  private static Removal matrixRemoval(MatrixKey key) {
    return switch (key) {
      case MatrixKey.Rules(RuleSetId rules) -> new RulesUnwritten(rules);
      case MatrixKey.Generation(RuleSetId rules) -> new RulesUnjudged(rules);
      case MatrixKey.Row(RuleSetId rules, String profile) ->
          new RowGone(rules, Fingerprint.parse(profile));
      case MatrixKey.InForce() -> new RulesGone();
      case MatrixKey.Refused() -> new RefusalUnreadable();
      case MatrixKey.Superseded _ -> new Nothing();
    };
  }

  private static FollowedTopic<ProbeKey, ProbedPair> probeVerdicts(
      Topic<ProbeKey, ProbedPair> topic) {
    return of(
        topic,
        key -> new PairUnprobed(ProbedPairs.pair(key)),
        (key, value, _) -> IndexChange.probed(ProbedPairs.pair(key), value));
  }

  private static FollowedTopic<String, Prober> probers(Topic<String, Prober> topic) {
    return of(topic, HostProbesNot::new, (host, value, _) -> IndexChange.prober(host, value));
  }

  private static FollowedTopic<String, OverrideRecord> overrides(
      Topic<String, OverrideRecord> topic) {
    return of(topic, OverrideRemoved::new, (id, value, _) -> IndexChange.override(id, value));
  }

  private static FollowedTopic<String, PoolHealthRecord> poolHealth(
      Topic<String, PoolHealthRecord> topic) {
    return of(topic, PoolForgotten::new, (pool, value, _) -> IndexChange.health(pool, value));
  }

  private static FollowedTopic<String, Placement> placements(Topic<String, Placement> topic) {
    return of(topic, HostUnplaced::new, (host, value, _) -> IndexChange.placed(host, value));
  }

  private static FollowedTopic<String, HostCapacity> hostCapacity(
      Topic<String, HostCapacity> topic) {
    return new FollowedTopic<>(topic, CapacityUnknown::new, IndexChange::heard, HostRemoved::new);
  }

  /** A topic whose tombstones say no more than that a key has nothing. */
  private static <K, V extends SpecificRecord> FollowedTopic<K, V> of(
      Topic<K, V> topic, Function<K, Removal> removal, Values<K, V> values) {
    return new FollowedTopic<>(topic, removal, values, (key, _) -> removal.apply(key));
  }

  /** A record of the topic. Whatever it causes is its own rejection. */
  Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    Removal ends = new Nothing();
    try {
      K key = topic.keys().decode(record.key());
      ends = removal.apply(key);
      return new Decoded(record, ends, change(key, record));
    } catch (BadRecordException e) {
      return new Decoded(record, ends, new Rejected(ends, String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError e) {
      return new Decoded(record, ends, IndexDecoder.rejected(ends, e));
    }
  }

  private IndexChange change(K key, ConsumerRecord<byte[], byte[]> record)
      throws BadRecordException {
    Optional<V> value = topic.decode(key, record.value());
    return value.isPresent()
        ? values.change(key, value.get(), record.timestamp())
        : tombstones.change(key, record.timestamp());
  }
}
