package io.fleetcompat.indexer;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.probe.ProbeLimits;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.LivenessLimits;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of an indexer.
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
 * @param stalledAfter how long records may wait without a commit before the index is said to stand
 *     still
 * @param compareEvery the shortest time between two comparisons of a topic with what was told it
 * @param ruleSource where rules are read from again while it runs
 * @param rules as they were read from there for the start
 * @param poolLabel the label that names a host's pool
 * @param key by which records are known to be their hosts'; empty where nobody asks
 * @param alertSource where alert rules are read from again while it runs
 * @param alerts as they were read from there for the start
 * @param kafkaMetrics whether the metrics of Kafka Streams are registered, too
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
    Duration stalledAfter,
    Duration compareEvery,
    LivenessLimits liveness,
    RuleSource ruleSource,
    RuleSet rules,
    JudgeOptions judge,
    ProbeLimits probe,
    String poolLabel,
    Optional<FleetKey> key,
    AlertRuleSource alertSource,
    AlertRules alerts,
    boolean kafkaMetrics,
    ClientProperties kafka) {

  public IndexerConfig {
    if (threads < 1 || standbyReplicas < 0 || cacheBytes < 1 || !commitInterval.isPositive()) {
      throw new IllegalArgumentException(
          ("expected threads >= 1, standby-replicas >= 0, cache-bytes >= 1, commit-interval > 0;"
                  + " found %d, %d, %d, %s")
              .formatted(threads, standbyReplicas, cacheBytes, Times.print(commitInterval)));
    }
  }

  /** The same with other rules for the start. */
  public IndexerConfig with(RuleSet others) {
    return new IndexerConfig(
        bootstrapServers,
        applicationId,
        instanceId,
        stateDir,
        topics,
        createTopics,
        threads,
        commitInterval,
        cacheBytes,
        standbyReplicas,
        stalledAfter,
        compareEvery,
        liveness,
        ruleSource,
        others,
        judge,
        probe,
        poolLabel,
        key,
        alertSource,
        alerts,
        kafkaMetrics,
        kafka);
  }

  /**
   * The configuration that these settings make.
   *
   * @throws io.fleetcompat.settings.BadSettingException for an unknown name or a bad value
   */
  public static IndexerConfig parse(Map<String, String> settings) {
    return IndexerSettings.config(IndexerSettings.CATALOGUE.read(RawSettings.of(settings)));
  }
}
