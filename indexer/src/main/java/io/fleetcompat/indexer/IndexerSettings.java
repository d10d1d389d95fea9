package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.store.BoundedRocksMemory;
import io.fleetcompat.keys.KeyFile;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.Group;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.LivenessLimits;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of an indexer. */
public final class IndexerSettings {

  /** The application-id of an indexer that is given none, after the topic prefix. */
  public static final String APPLICATION_ID_END = "fleetcompat-indexer";

  private static final int MOST = Integer.MAX_VALUE;
  private static final long MOST_CACHE = 1L << 40;

  static final Key<Path> STATE_DIR =
      Key.required("state-dir", Kind.PATH, "Keep the RocksDB state in this directory.")
          .orOption("--state-dir");

  /** The consumer group, and the prefix of the internal topics; see {@link #applicationId}. */
  public static final Key<String> APPLICATION_ID =
      Key.optional(
          "application-id",
          Kind.text("ID", "a consumer group"),
          "`" + APPLICATION_ID_END + "` after the topic prefix",
          "The consumer group, and the prefix of the internal topics.");

  static final Key<String> INSTANCE_ID =
      Key.optional(
          "instance-id",
          Kind.text("ID", "a name of this indexer"),
          "none",
          "A name that only this indexer has, the same at every start: a restarted"
              + " indexer then takes up its partitions at once.");

  public static final Key<Integer> PARTITIONS =
      Key.of(
              "partitions",
              Kind.number("N", 1, Topics.MAX_HOST_PARTITIONS),
              Topics.DEFAULT_HOST_PARTITIONS,
              "Number of partitions of the topics that are keyed by host; must be what"
                  + " existing topics have.")
          .orOption("--partitions");

  public static final Key<Integer> REPLICATION_FACTOR =
      Key.of(
          "replication-factor",
          Kind.number("N", 1, Short.MAX_VALUE),
          1,
          "Number of replicas of the topics that are created; 3 where there are three brokers.");

  static final Key<Boolean> CREATE_TOPICS =
      Key.of("create-topics", Kind.FLAG, true, "Create the topics that are missing.");

  static final Key<Integer> THREADS =
      Key.of("threads", Kind.number("N", 1, MOST), 1, "Number of stream threads.");

  static final Key<Duration> COMMIT_INTERVAL =
      Key.of(
          "commit-interval",
          Kind.POSITIVE_TIME,
          Duration.ofMillis(50),
          "Time between commits: a change becomes visible when it is committed.");

  static final Key<Long> CACHE_BYTES =
      Key.of(
          "cache-bytes",
          Kind.size(1, MOST_CACHE),
          BoundedRocksMemory.DEFAULT_CACHE_BYTES,
          "Native memory of all RocksDB stores together.");

  static final Key<Integer> STANDBY_REPLICAS =
      Key.of(
          "standby-replicas",
          Kind.number("N", 0, MOST),
          1,
          "Number of copies of the state on other indexers.");

  static final Key<Duration> STALLED_AFTER =
      Key.of(
          "stalled-after",
          Kind.POSITIVE_TIME,
          Duration.ofSeconds(60),
          "Report that the index stands still, and is not ready, when records have"
              + " waited this long without a commit.");

  static final Key<Duration> COMPARE_EVERY =
      Key.of(
          "compare-every",
          Kind.POSITIVE_TIME,
          Duration.ofSeconds(60),
          "Compare the topics placements, profiles, matrix and pool-health this often with what was"
              + " written to them, and mend them; at most a twentieth of the time is spent on it.");

  static final Key<Duration> GC_AFTER =
      Key.of(
          "gc-after",
          Kind.TIME,
          Duration.ofMinutes(10),
          "Keep a profile that no host has for this long.");

  static final Key<Integer> MAX_PROFILES =
      Key.of(
          "max-profiles",
          Kind.number("N", 1, MOST),
          100_000,
          "Maximum number of profiles; more are refused and counted.");

  static final Key<Set<Policy>> POLICIES =
      Key.of(
              "policies",
              Kind.list("cross-type|mutual", "a list of cross-type and mutual", Policy::parse),
              Set.of(),
              "Apply these policies, which the rules leave open: `cross-type`, `mutual`.")
          .orOption("--policy");

  public static final Key<Path> RULES_DIRECTORY =
      Key.optional(
          "rules.directory",
          Kind.PATH,
          "the built-in packs alone",
          "Lay the rule packs of this directory (`*.yaml`) over the built-in ones, by id; options"
              + " of packs are in its `options.properties`. What is refused ends the start, with"
              + " file and line.");

  static final Key<Duration> RELOAD_EVERY =
      Key.of(
          "rules.reload-every",
          Kind.TIME,
          Duration.ofSeconds(30),
          "Look at `rules.directory` this often, and take what two looks in a row saw alike; 0s"
              + " reads it at the start alone.");

  /** The options of packs: PACK.OPTION after the prefix. */
  public static final Group RULE_OPTIONS =
      new Group(
          "rules.option.",
          "Choose an option of a rule pack, such as `rules.option.nvidia-mdev.ecc=if-known`; give"
              + " it in the file or with `--set`.",
          Optional.empty(),
          Map.of());

  static final Key<Duration> KEEP_PREVIOUS =
      Key.of(
          "rules.keep-previous",
          Kind.TIME,
          Duration.ofHours(1),
          "Keep what was judged by rules that are no longer in force for this long, for"
              + " query APIs of a version that does not have the new rules.");

  static final Key<String> POOL_LABEL =
      Key.of(
          "pool-label",
          Kind.text("NAME", "a label's name"),
          HostLabels.POOL,
          "The label of hosts whose value names their pool; the same for all indexers.");

  static final Key<Path> KEY_FILE =
      Key.optional(
              "key-file",
              Kind.PATH,
              "none: whoever may write to Kafka is believed",
              "Believe records of hosts alone that have the mark of their host's key, known by the"
                  + " fleet's key in this file, which 'fleetcompat keys init' writes.")
          .orOption("--key-file");

  static final Key<Path> ALERTS_FILE =
      Key.optional(
              "alerts.file",
              Kind.PATH,
              "the built-in rules",
              "Take the alert rules and silences of this file instead of the built-in ones; what is"
                  + " refused ends the start, with file and line.")
          .orOption("--alert-rules");

  static final Key<Duration> ALERTS_RELOAD_EVERY =
      Key.of(
          "alerts.reload-every",
          Kind.TIME,
          Duration.ofSeconds(30),
          "Look at `alerts.file` this often, and take what two looks in a row saw alike; 0s"
              + " reads it at the start alone.");

  static final Key<Boolean> METRICS_KAFKA =
      Key.of(
          "metrics-kafka",
          Kind.FLAG,
          false,
          "Serve Kafka Streams' own metrics, too: some hundred series for each thread, under"
              + " Kafka's names, which `promtool` finds fault with.");

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
              COMPARE_EVERY,
              LivenessLimits.STALE_AFTER,
              LivenessLimits.LOST_AFTER,
              GC_AFTER,
              MAX_PROFILES,
              POLICIES,
              ProbeSettings.PER_SECOND,
              ProbeSettings.HOST_GAP,
              ProbeSettings.OPEN,
              ProbeSettings.TIME_LIMIT,
              ProbeSettings.RETRY_FIRST,
              ProbeSettings.RETRY_LAST,
              ProbeSettings.PAIRS,
              RULES_DIRECTORY,
              RELOAD_EVERY,
              KEEP_PREVIOUS,
              POOL_LABEL,
              KEY_FILE,
              ALERTS_FILE,
              ALERTS_RELOAD_EVERY,
              METRICS_KAFKA),
          RULE_OPTIONS);

  private IndexerSettings() {}

  /** The consumer group, and the prefix of the internal topics. */
  public static String applicationId(Values values) {
    return values
        .find(APPLICATION_ID)
        .orElseGet(() -> values.get(ProcessKeys.TOPIC_PREFIX) + APPLICATION_ID_END);
  }

  /**
   * The configuration that these values make.
   *
   * @throws io.fleetcompat.settings.BadSettingException where they do not fit together
   */
  public static IndexerConfig config(Values values) {
    Topics topics = values.make(IndexerSettings::topics);
    return new IndexerConfig(
        values.get(ProcessKeys.BOOTSTRAP_SERVERS),
        applicationId(values),
        values.find(INSTANCE_ID),
        values.get(STATE_DIR),
        topics,
        values.get(CREATE_TOPICS),
        values.get(THREADS),
        values.get(COMMIT_INTERVAL),
        values.get(CACHE_BYTES),
        values.get(STANDBY_REPLICAS),
        values.get(STALLED_AFTER),
        values.get(COMPARE_EVERY),
        LivenessLimits.of(values),
        values.make(IndexerSettings::ruleSource),
        values.make(read -> ruleSource(read).read()),
        new JudgeOptions(values.get(KEEP_PREVIOUS), values.get(MAX_PROFILES), values.get(GC_AFTER)),
        values.make(ProbeSettings::limits),
        values.make(IndexerSettings::poolLabel),
        values.make(read -> read.find(KEY_FILE).map(KeyFile::fleet)),
        alertSource(values),
        values.make(read -> alertSource(read).read()),
        values.get(METRICS_KAFKA),
        ClientProperties.of(values));
  }

  private static String poolLabel(Values values) {
    String label = values.get(POOL_LABEL);
    try {
      HostLabels.requireName(label);
    } catch (BadRecordException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
    return label;
  }

  private static AlertRuleSource alertSource(Values values) {
    return new AlertRuleSource(values.find(ALERTS_FILE), values.get(ALERTS_RELOAD_EVERY));
  }

  private static RuleSource ruleSource(Values values) {
    return new RuleSource(
        values.get(POLICIES),
        values.find(RULES_DIRECTORY),
        values.group(RULE_OPTIONS),
        values.get(RELOAD_EVERY));
  }

  private static Topics topics(Values values) {
    return new Topics(
        values.get(ProcessKeys.TOPIC_PREFIX),
        values.get(PARTITIONS),
        values.get(REPLICATION_FACTOR).shortValue());
  }

  /** The names of settings that Kafka Streams knows, without {@code kafka.}. */
  public static Set<String> streamsNames() {
    return StreamsConfig.configDef().names();
  }
}
