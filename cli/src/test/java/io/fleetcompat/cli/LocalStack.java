package io.fleetcompat.cli;

import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerConfig;
import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.KafkaFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of a small index in this process, over the shared broker, in topics of their own: an
 * indexer, the collectors of a fleet directory, an API. Whoever starts one closes it.
 */
public final class LocalStack {

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final Path directory;

  /**
   * @param directory where the fleet and the indexer's state are kept
   */
  public LocalStack(Path directory) {
    this.directory = directory;
  }

  /** The fleet directory. */
  public Path fleet() {
    return directory.resolve("fleet");
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The beginning of its topics' names. */
  public String prefix() {
    return prefix;
  }

  /** Settings of any process of it. */
  public Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap-servers", kafka.bootstrapServers());
    settings.put("topic-prefix", prefix);
    settings.putAll(more);
    return settings;
  }

  /** The configuration of an indexer that starts quickly after another one. */
  public IndexerConfig indexerConfig(Map<String, String> more) {
    Map<String, String> settings =
        settings(
            Map.of(
                "partitions", "2",
                "standby-replicas", "0",
                "instance-id", "only",
                "kafka.session.timeout.ms", "6000",
                "state-dir", directory.resolve("state").toString()));
    settings.putAll(more);
    return IndexerConfig.parse(settings);
  }

  public Indexer indexer() {
    return Indexer.start(indexerConfig(Map.of()));
  }

  /** The collectors of the fleet directory, which check facts as those of a real process do. */
  public FleetCollectors collectors(Map<String, String> more) throws IOException {
    ProcessConfig config = ProcessConfig.parse(settings(more)).checking(new CataloguedFacts());
    return FleetCollectors.start(fleet(), config, new SimpleMeterRegistry());
  }

  /** An API at a free port of this machine. */
  public QueryServer api(Map<String, String> more) {
    Map<String, String> settings = settings(Map.of("bind-address", "127.0.0.1", "port", "0"));
    settings.putAll(more);
    return QueryServer.start(QueryConfig.parse(settings));
  }
}
