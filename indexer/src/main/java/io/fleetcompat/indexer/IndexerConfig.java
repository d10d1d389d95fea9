package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.indexer.judge.JudgeRules;
import io.fleetcompat.indexer.place.PlaceRules;
import io.fleetcompat.indexer.store.BoundedRocksMemory;
import io.fleetcompat.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that an indexer can be told.
 *
 * @param bootstrapServers of the cluster
 * @param applicationId the consumer group, and the prefix of internal topics
 * @param instanceId stable over restarts, unique among the indexers of the application: with it a
 *     restarted indexer takes up its partitions at once instead of after the session timeout
 * @param stateDir where RocksDB is
 * @param createTopics whether missing topics are created
 * @param threads stream threads
 * @param commitInterval how long a change may wait to become visible
 * @param cacheBytes native memory of all stores together
 * @param standbyReplicas copies of the state on other instances; 0 where there is one instance
 * @param kafka settings for every Kafka client, passed through
 */
public record IndexerConfig(
    String bootstrapServers,
    String applicationId,
    Optional<String> instanceId,
    Path stateDir,
    Topics topics,
    boolean createTopics,
    int threads,
    Duration commitInterval,
    long cacheBytes,
    int standbyReplicas,
    PlaceRules place,
    JudgeRules judge,
    Map<String, String> kafka) {

  /** Keys with this prefix go to Kafka's clients without it. */
  private static final String KAFKA_PREFIX = "kafka.";

  private static final Set<String> KEYS =
      Set.of(
          "bootstrap-servers",
          "application-id",
          "instance-id",
          "state-dir",
          "topic-prefix",
          "partitions",
          "replication-factor",
          "create-topics",
          "threads",
          "commit-interval",
          "cache-bytes",
          "standby-replicas",
          "stale-after",
          "lost-after",
          "gc-after",
          "max-profiles",
          "policies");

  public IndexerConfig {
    kafka = Map.copyOf(kafka);
    if (threads < 1 || standbyReplicas < 0 || cacheBytes < 1 || !commitInterval.isPositive()) {
      throw new IllegalArgumentException(
          ("expected threads >= 1, standby-replicas >= 0, cache-bytes >= 1, commit-interval > 0;"
                  + " found %d, %d, %d, %s")
              .formatted(threads, standbyReplicas, cacheBytes, commitInterval));
    }
  }

  /**
   * Reads settings by their names in a properties file. {@code bootstrap-servers} and {@code
   * state-dir} must be there, the rest have defaults.
   *
   * @throws IllegalArgumentException naming the setting, what was expected and what was found
   */
  public static IndexerConfig parse(Map<String, String> settings) {
    requireKnown(settings);
    Settings s = new Settings(settings);
    String prefix = s.text("topic-prefix", "");
    return new IndexerConfig(
        s.required("bootstrap-servers"),
        s.text("application-id", prefix + "fleetcompat-indexer"),
        s.find("instance-id"),
        Path.of(s.required("state-dir")),
        new Topics(
            prefix,
            s.integer("partitions", Topics.DEFAULT_HOST_PARTITIONS),
            (short) s.integer("replication-factor", 1)),
        s.bool("create-topics", true),
        s.integer("threads", 1),
        s.duration("commit-interval", Duration.ofMillis(50)),
        s.number("cache-bytes", BoundedRocksMemory.DEFAULT_CACHE_BYTES),
        s.integer("standby-replicas", 1),
        new PlaceRules(
            s.duration("stale-after", Duration.ofSeconds(60)),
            s.duration("lost-after", Duration.ofHours(1))),
        new JudgeRules(
            policies(s.text("policies", "")),
            s.integer("max-profiles", 100_000),
            s.duration("gc-after", Duration.ofMinutes(10))),
        kafka(settings));
  }

  /** As it is logged: every setting, secrets masked. */
  public Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    shown.put("bootstrap-servers", bootstrapServers);
    shown.put("application-id", applicationId);
    shown.put("instance-id", instanceId.orElse("(none)"));
    shown.put("state-dir", stateDir.toString());
    shown.put("topic-prefix", topics.prefix());
    shown.put("partitions", String.valueOf(topics.hostPartitions()));
    shown.put("replication-factor", String.valueOf(topics.replicationFactor()));
    shown.put("create-topics", String.valueOf(createTopics));
    shown.put("threads", String.valueOf(threads));
    shown.put("commit-interval", commitInterval.toString());
    shown.put("cache-bytes", String.valueOf(cacheBytes));
    shown.put("standby-replicas", String.valueOf(standbyReplicas));
    shown.put("stale-after", place.staleAfter().toString());
    shown.put("lost-after", place.lostAfter().toString());
    shown.put("gc-after", judge.gcAfter().toString());
    shown.put("max-profiles", String.valueOf(judge.maxProfiles()));
    shown.put(
        "policies",
        judge.policies().stream().map(Policy::toString).sorted().collect(Collectors.joining(",")));
    kafka.forEach((key, value) -> shown.put(KAFKA_PREFIX + key, masked(key, value)));
    return shown;
  }

  /** What may hold a secret: passwords, keys, and JAAS lines, which have passwords in them. */
  private static String masked(String key, String value) {
    String lower = key.toLowerCase(java.util.Locale.ROOT);
    boolean secret =
        Stream.of("password", "secret", "jaas", "key", "token", "credential")
            .anyMatch(lower::contains);
    return secret ? "(hidden)" : value;
  }

  private static void requireKnown(Map<String, String> settings) {
    for (String key : settings.keySet()) {
      if (!KEYS.contains(key) && !key.startsWith(KAFKA_PREFIX)) {
        throw new IllegalArgumentException(
            "unknown setting '%s'; there are %s, and %s*"
                .formatted(key, KEYS.stream().sorted().toList(), KAFKA_PREFIX));
      }
    }
  }

  private static Map<String, String> kafka(Map<String, String> settings) {
    Map<String, String> kafka = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA_PREFIX)) {
            kafka.put(key.substring(KAFKA_PREFIX.length()), value);
          }
        });
    return kafka;
  }

  private static Set<Policy> policies(String list) {
    return Stream.of(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(Policy::parse)
        .collect(Collectors.toUnmodifiableSet());
  }
}
