package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.place.LivenessLimits;
import io.fleetcompat.indexer.store.BoundedRocksMemory;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The settings of an indexer. */
public final class IndexerSettings {

  private static final String APPLICATION_ID_END = "fleetcompat-indexer";
  private static final int MOST = Integer.MAX_VALUE;
  private static final long MOST_CACHE = 1L << 40;

  static final Key<Path> STATE_DIR =
      Key.required("state-dir", Kind.PATH, "The directory where RocksDB keeps the state.")
          .orOption("--state-dir");

  static final Key<String> APPLICATION_ID =
      Key.optional(
          "application-id",
          Kind.text("ID", "a consumer group"),
          "`" + APPLICATION_ID_END + "` after the topic prefix",
          "The consumer group, and the prefix of its internal topics.");

  static final Key<String> INSTANCE_ID =
      Key.optional(
          "instance-id",
          Kind.text("ID", "a name of this indexer"),
          "none",
          "A name that this indexer keeps and no other has: with it, a restarted indexer takes up"
              + " its partitions at once.");

  static final Key<Integer> PARTITIONS =
      Key.of(
              "partitions",
              Kind.number("N", 1, Topics.MAX_HOST_PARTITIONS),
              Topics.DEFAULT_HOST_PARTITIONS,
              "Partitions of the topics that are keyed by host; must be what they have.")
          .orOption("--partitions");

  static final Key<Integer> REPLICATION_FACTOR =
      Key.of(
          "replication-factor",
          Kind.number("N", 1, Short.MAX_VALUE),
          1,
          "Replicas of the topics that are made.");

  static final Key<Boolean> CREATE_TOPICS =
      Key.of("create-topics", Kind.FLAG, true, "Make the topics that are missing.");

  static final Key<Integer> THREADS =
      Key.of("threads", Kind.number("N", 1, MOST), 1, "Number of stream threads.");

  static final Key<Duration> COMMIT_INTERVAL =
      Key.of(
          "commit-interval",
          Kind.POSITIVE_TIME,
          Duration.ofMillis(50),
          "How long a change may wait to become visible.");

  static final Key<Long> CACHE_BYTES =
      Key.of(
          "cache-bytes",
          Kind.size(1, MOST_CACHE),
          BoundedRocksMemory.DEFAULT_CACHE_BYTES,
          "Native memory of all stores together.");

  static final Key<Integer> STANDBY_REPLICAS =
      Key.of(
          "standby-replicas",
          Kind.number("N", 0, MOST),
          1,
          "Copies of the state on other indexers.");

  static final Key<Duration> STALLED_AFTER =
      Key.of(
          "stalled-after",
          Kind.POSITIVE_TIME,
          Duration.ofSeconds(60),
          "How long records may wait without a commit before the indexer says that the index stands"
              + " still, and is not ready.");

  static final Key<Duration> STALE_AFTER =
      Key.of(
          "stale-after",
          Kind.POSITIVE_TIME,
          Duration.ofSeconds(60),
          "A host that was silent for longer is STALE; give `serve` the same.");

  static final Key<Duration> LOST_AFTER =
      Key.of(
          "lost-after",
          Kind.POSITIVE_TIME,
          Duration.ofHours(1),
          "A host that was silent for longer is LOST; give `serve` the same.");

  static final Key<Duration> GC_AFTER =
      Key.of(
          "gc-after",
          Kind.TIME,
          Duration.ofMinutes(10),
          "How long a profile that no host has is kept.");

  static final Key<Integer> MAX_PROFILES =
      Key.of(
          "max-profiles",
          Kind.number("N", 1, MOST),
          100_000,
          "The most profiles; more are refused and counted.");

  static final Key<Set<Policy>> POLICIES =
      Key.of(
              "policies",
              Kind.list("cross-type|mutual", "a list of cross-type and mutual", Policy::parse),
              Set.of(),
              "Choices that the rules leave open: `cross-type`, `mutual`.")
          .orOption("--policy");

  public static final Catalogue CATALOGUE =
      Catalogue.of(
          "index",
          List.of(
              STATE_DIR,
              APPLICATION_ID,
              INSTANCE_ID,
              PARTITIONS,
              REPLICATION_FACTOR,
              CREATE_TOPICS,
              THREADS,
              COMMIT_INTERVAL,
              CACHE_BYTES,
              STANDBY_REPLICAS,
              STALLED_AFTER,
              STALE_AFTER,
              LOST_AFTER,
              GC_AFTER,
              MAX_PROFILES,
              POLICIES));

  private IndexerSettings() {}

  /**
   * The configuration that these values make.
   *
   * @throws io.fleetcompat.settings.BadSettingException where they do not fit together
   */
  public static IndexerConfig config(Values values) {
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    Topics topics =
        values.make(
            () ->
                new Topics(
                    prefix, values.get(PARTITIONS), values.get(REPLICATION_FACTOR).shortValue()),
            ProcessKeys.TOPIC_PREFIX);
    LivenessLimits liveness =
        values.make(
            () -> new LivenessLimits(values.get(STALE_AFTER), values.get(LOST_AFTER)),
            STALE_AFTER,
            LOST_AFTER);
    return new IndexerConfig(
        values.get(ProcessKeys.BOOTSTRAP_SERVERS),
        values.find(APPLICATION_ID).orElse(prefix + APPLICATION_ID_END),
        values.find(INSTANCE_ID),
        values.get(STATE_DIR),
        topics,
        values.get(CREATE_TOPICS),
        values.get(THREADS),
        values.get(COMMIT_INTERVAL),
        values.get(CACHE_BYTES),
        values.get(STANDBY_REPLICAS),
        values.get(STALLED_AFTER),
        liveness,
        new JudgeOptions(values.get(POLICIES), values.get(MAX_PROFILES), values.get(GC_AFTER)),
        ClientProperties.of(values));
  }
}
