package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.schemas.avro.Rejected;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * The catalogue of topics, and the only place where a topic's name is spelled. A new topic is one
 * more entry here: whoever makes, checks or documents topics reads them from {@link #all}, and
 * whoever reads or writes a topic asks its entry how keys and values are spelled.
 *
 * @param prefix put before every name, so that several fleets can share a cluster; may be empty
 * @param hostPartitions partitions of every topic that is keyed by host
 * @param replicationFactor of every topic
 */
public record Topics(String prefix, int hostPartitions, short replicationFactor) {

  /** Host-keyed partitions where nothing else is configured. */
  public static final int DEFAULT_HOST_PARTITIONS = 32;

  /** Most host-keyed partitions. */
  public static final int MAX_HOST_PARTITIONS = 1000;

  /** Replicas from which on one may be away while what is acknowledged still is on two. */
  private static final int REPLICAS_FOR_TWO_IN_SYNC = 3;

  private static final Duration REJECTED_KEPT = Duration.ofDays(14);

  /** Questions are answered within seconds or not at all; they stay for whoever looks into it. */
  private static final Duration REQUESTS_KEPT = Duration.ofDays(2);

  /** As long as an indexer may be down and still take what was answered before. */
  private static final Duration RESULTS_KEPT = Duration.ofDays(7);

  /** The time over which the past can be asked for. */
  public static final Duration CHANGES_KEPT = Duration.ofDays(30);

  /** The time for which every state of an alert is kept, whatever came after it. */
  private static final Duration ALERTS_KEPT = Duration.ofMinutes(30);

  /** The time for which outcomes of migrations count. */
  public static final Duration OUTCOMES_KEPT = Duration.ofDays(90);

  private static final int SEGMENT_BYTES = 32 << 20;

  public Topics {
    if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
      throw new IllegalArgumentException(
          "expected a topic prefix of letters, digits, '.', '_' and '-', found "
              + Quoted.of(prefix));
    }
    if (hostPartitions < 1 || hostPartitions > MAX_HOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "expected 1 to " + MAX_HOST_PARTITIONS + " partitions, found " + hostPartitions);
    }
  }

  /** The whole inventory of each host. */
  public Topic<String, HostInventory> hostInventory() {
    return byHost(
        "host-inventory", "host → all that its sysfs says, one document", Codecs.HOST_INVENTORY);
  }

  /**
   * The instances still creatable on each host; its heartbeat. The broker stamps the time: when a
   * host was last heard must not depend on the host's clock.
   */
  public Topic<String, HostCapacity> hostCapacity() {
    return byHost(
            "host-capacity",
            "host → instances still creatable; the heartbeat",
            Codecs.HOST_CAPACITY)
        .with("message.timestamp.type", "LogAppendTime");
  }

  /**
   * The generations of each host's key that count. It holds no secret. Only administrators may
   * write it.
   */
  public Topic<String, RegisteredKey> keys() {
    return byHost("keys", "host → the generations of its key that count", Codecs.REGISTERED_KEY);
  }

  /** The endpoints of each host with their profiles. */
  public Topic<String, Placement> placements() {
    return byHost(
        "placements", "host → endpoints with profiles, liveness, source offset", Codecs.PLACEMENT);
  }

  /** The profiles that hosts of a partition have; read by the judge alone. */
  public Topic<CensusKey, Census> census() {
    return single(
        "census",
        "partition/profile → there are hosts that have it; its content",
        RecordKeys.CENSUS,
        _ -> Codecs.CENSUS);
  }

  /** The canonical content of each profile. */
  public Topic<String, ProfileRecord> profiles() {
    return single(
        "profiles", "profile → number, canonical content", RecordKeys.PROFILE, _ -> Codecs.PROFILE);
  }

  /**
   * By rule set: the rules, the row of each profile, how far it is judged; and which is in force or
   * refused.
   */
  public Topic<MatrixKey, SpecificRecord> matrix() {
    return single(
        "matrix",
        "rule set/profile → row; with `rules`, `generation`, `in-force`, `refused`",
        RecordKeys.MATRIX,
        key ->
            switch (key) {
              case MatrixKey.Rules _ -> Codecs.RULE_SET;
              case MatrixKey.Row _ -> Codecs.MATRIX_ROW;
              case MatrixKey.Generation _ -> Codecs.MATRIX_GENERATION;
              case MatrixKey.InForce _ -> Codecs.RULES_IN_FORCE;
              case MatrixKey.Refused _ -> Codecs.RULES_REFUSED;
              case MatrixKey.Superseded old ->
                  old.equals(MatrixKey.Superseded.GENERATION)
                      ? Codecs.MATRIX_GENERATION
                      : Codecs.MATRIX_ROW;
            });
  }

  /** The hosts whose collectors ask drivers; read by the indexer alone. */
  public Topic<String, Prober> probers() {
    return single(
        "probers",
        "host → an endpoint for each profile that it can ask a driver of",
        RecordKeys.HOST,
        _ -> Codecs.PROBER);
  }

  /** Questions to drivers, for the collector of their host. */
  public Topic<String, ProbeRequest> probeRequests() {
    return shortLived(
        "probe-requests",
        "host → a question to a driver",
        hostPartitions,
        REQUESTS_KEPT,
        RecordKeys.HOST,
        _ -> Codecs.PROBE_REQUEST);
  }

  /** The outcome of each question, as the host's collector says. */
  public Topic<String, ProbeResult> probeResults() {
    return shortLived(
        "probe-results",
        "host → what came of a question",
        1,
        RESULTS_KEPT,
        RecordKeys.HOST,
        _ -> Codecs.PROBE_RESULT);
  }

  /** The answers of drivers. */
  public Topic<ProbeKey, ProbedPair> probeVerdicts() {
    return single(
        "probe-verdicts",
        "string/class → what drivers answered, who and when, and who was asked in vain since",
        RecordKeys.PROBE,
        _ -> Codecs.PROBED_PAIR);
  }

  /** The rules that operators have turned off for some pairs. */
  public Topic<String, OverrideRecord> overrides() {
    return single(
        "overrides",
        "id → a rule that does not count for some pairs: who says so, why, until when",
        RecordKeys.OVERRIDE,
        _ -> Codecs.OVERRIDE);
  }

  /** The part of each host in its pool; read by the indexer alone. */
  public Topic<String, PoolHost> poolMembers() {
    return single(
        "pool-members",
        "host → its pool, liveness, and how many endpoints it has of each profile",
        RecordKeys.HOST,
        _ -> Codecs.POOL_HOST);
  }

  /** The health of each pool. */
  public Topic<String, PoolHealthRecord> poolHealth() {
    return single(
        "pool-health",
        "pool → which of its endpoints could move, and why others could not",
        RecordKeys.POOL,
        _ -> Codecs.POOL_HEALTH);
  }

  /** The alerts about pools. */
  public Topic<AlertKey, AlertRecord> alerts() {
    return single(
            "alerts",
            "rule/pool → an alert: pending, firing or resolved",
            RecordKeys.ALERT,
            _ -> Codecs.ALERT)
        // Who watches goes on after minutes: what an alert was in between is to be there still.
        .with("min.compaction.lag.ms", String.valueOf(ALERTS_KEPT.toMillis()));
  }

  /**
   * The outcomes of migrations. The broker stamps the time, so that all replicas drop the same ones
   * as too old.
   */
  public Topic<String, MigrationOutcome> outcomes() {
    return shortLived(
            "outcomes",
            "migration → what it really did, beside what the index had answered",
            1,
            OUTCOMES_KEPT,
            RecordKeys.OUTCOME,
            _ -> Codecs.OUTCOME)
        .with("message.timestamp.type", "LogAppendTime")
        .with("compression.type", "zstd");
  }

  /**
   * Every change of the index. The broker stamps the time, so that times of a partition go forward,
   * whichever process writes.
   */
  public Topic<ChangeKey, ChangeRecord> changes() {
    return shortLived(
            "changes",
            "what has changed → why, from what, to what; the value it had",
            hostPartitions,
            CHANGES_KEPT,
            RecordKeys.CHANGE,
            _ -> Codecs.CHANGE)
        .with("message.timestamp.type", "LogAppendTime")
        .with("compression.type", "zstd");
  }

  /** The records that could not be used. */
  public Topic<String, Rejected> rejected() {
    return shortLived(
        "rejected",
        "records that could not be used: where from, why, the bytes",
        hostPartitions,
        REJECTED_KEPT,
        RecordKeys.REJECTED,
        _ -> Codecs.REJECTED);
  }

  /** All of them, sorted by name. */
  public List<Topic<?, ?>> all() {
    return Stream.<Topic<?, ?>>of(
            hostInventory(),
            hostCapacity(),
            keys(),
            placements(),
            census(),
            profiles(),
            matrix(),
            probers(),
            probeRequests(),
            probeResults(),
            probeVerdicts(),
            overrides(),
            poolMembers(),
            poolHealth(),
            alerts(),
            outcomes(),
            changes(),
            rejected())
        .sorted(Comparator.comparing(Topic::name))
        .toList();
  }

  private <K, V extends SpecificRecord> Topic<K, V> shortLived(
      String name,
      String content,
      int partitions,
      Duration kept,
      KeyCodec<K> keys,
      Function<K, RecordCodec<? extends V>> values) {
    return replicated(
        new Topic<>(
            prefix + name,
            content,
            partitions,
            Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                String.valueOf(kept.toMillis()),
                "max.message.bytes",
                String.valueOf(Limits.RECORD_BYTES)),
            keys,
            values));
  }

  private <V extends SpecificRecord> Topic<String, V> byHost(
      String name, String content, RecordCodec<V> value) {
    return compacted(name, content, hostPartitions, RecordKeys.HOST, _ -> value);
  }

  private <K, V extends SpecificRecord> Topic<K, V> single(
      String name, String content, KeyCodec<K> keys, Function<K, RecordCodec<? extends V>> values) {
    return compacted(name, content, 1, keys, values);
  }

  /**
   * Segments are small and compacted soon: whoever starts from nothing reads all that is not yet
   * compacted. Tombstones stay for a week, for an indexer that was down over a long week-end.
   */
  private <K, V extends SpecificRecord> Topic<K, V> compacted(
      String name,
      String content,
      int partitions,
      KeyCodec<K> keys,
      Function<K, RecordCodec<? extends V>> values) {
    return replicated(
        new Topic<>(
            prefix + name,
            content,
            partitions,
            Map.of(
                "cleanup.policy",
                "compact",
                "max.message.bytes",
                String.valueOf(Limits.RECORD_BYTES),
                "segment.bytes",
                String.valueOf(SEGMENT_BYTES),
                "min.cleanable.dirty.ratio",
                "0.2",
                "max.compaction.lag.ms",
                String.valueOf(Duration.ofHours(1).toMillis()),
                "delete.retention.ms",
                String.valueOf(Duration.ofDays(7).toMillis())),
            keys,
            values));
  }

  /**
   * The topic, set so that no acknowledged record is lost with one broker, where there are enough
   * brokers.
   */
  private <K, V extends SpecificRecord> Topic<K, V> replicated(Topic<K, V> topic) {
    return replicationFactor >= REPLICAS_FOR_TWO_IN_SYNC
        ? topic.with("min.insync.replicas", "2")
        : topic;
  }
}
