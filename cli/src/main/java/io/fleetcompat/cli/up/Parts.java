package io.fleetcompat.cli.up;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.process.KeyTopic;
import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.query.QuerySettings;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Values;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of {@code up}, each with the settings that the options make. */
final class Parts {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /** The origin of every setting here. */
  private static final Origin UP = Origin.option("up");

  private static final String RESEND = "5s";

  private final UpOptions options;
  private final DataDirectory data;
  private final FleetKeyFile fleetKey;
  private final PartMeters meters = new PartMeters();

  Parts(UpOptions options, DataDirectory data) {
    this.options = options;
    this.data = data;
    this.fleetKey = new FleetKeyFile(data.keys());
  }

  /** Looks at all ports first, so that nothing is half started where one is taken. */
  void requirePorts() {
    FreePort.require(options.httpHost, options.httpPort, "the API", "--http-port");
    if (options.bootstrapServers.isEmpty()) {
      FreePort.require(
          BrokerConfig.LOOPBACK, options.kafkaPort, "the Kafka broker", "--kafka-port");
      FreePort.require(
          BrokerConfig.LOOPBACK,
          options.controllerPort(),
          "the Kafka controller",
          "--kafka-controller-port");
    }
  }

  BrokerProcess broker() throws IOException, InterruptedException {
    return BrokerProcess.start(
        BrokerConfig.of(data.broker(), options.kafkaPort)
            .withControllerPort(options.controllerPort()));
  }

  String bootstrapServers() {
    return options.bootstrapServers.orElse(BrokerConfig.LOOPBACK + ":" + options.kafkaPort);
  }

  Indexer indexer() throws IOException {
    Values values = indexerValues();
    log(IndexerSettings.CATALOGUE, values);
    return Indexer.start(IndexerSettings.config(values), meters.of("indexer", Tags.empty()));
  }

  private Values indexerValues() throws IOException {
    Map<String, String> settings = settings();
    settings.put("state-dir", data.indexer().toString());
    settings.put("instance-id", data.identity());
    settings.put("partitions", String.valueOf(options.hostPartitions()));
    settings.put("replication-factor", String.valueOf(options.replicationFactor));
    settings.put("standby-replicas", "0");
    settings.put("policies", String.join(",", options.policies));
    if (options.withKeys) {
      settings.put("key-file", fleetKey.path().toString());
    }
    options.alertRules.ifPresent(file -> settings.put("alerts.file", file.toString()));
    return IndexerSettings.CATALOGUE.read(RawSettings.of(settings, UP));
  }

  Admin admin() {
    return Admin.create(new TreeMap<>(kafka()));
  }

  /** A watch on the indexer: has it placed what is in Kafka now? */
  CaughtUp caughtUp(Admin admin) throws IOException {
    return new CaughtUp(
        admin,
        topics().hostInventory().name(),
        options.hostPartitions(),
        IndexerSettings.config(indexerValues()).applicationId());
  }

  private Topics topics() {
    return new Topics(options.topicPrefix, options.hostPartitions(), options.replicationFactor);
  }

  /**
   * The API.
   *
   * @param filled whether it may call itself ready
   */
  QueryServer api(BooleanSupplier filled) throws IOException {
    Map<String, String> settings = settings();
    settings.put("bind-address", options.httpHost);
    settings.put("port", String.valueOf(options.httpPort));
    settings.put("history-directory", data.history().toString());
    if (options.withKeys) {
      settings.put("key-file", fleetKey.path().toString());
    }
    settings.put("alertmanager", String.join(",", options.alertmanagers));
    Values values = QuerySettings.CATALOGUE.read(RawSettings.of(settings, UP));
    log(QuerySettings.CATALOGUE, values);
    return QueryServer.start(QuerySettings.config(values), filled, meters.all());
  }

  /** The collector of this machine's own sysfs. */
  Collector local() throws IOException {
    CollectorConfig config =
        CollectorSettings.config(collectorValues(Map.of())).checking(new CataloguedFacts());
    return Collector.start(
        new CollectorConfig(config.host(), marking(config.process())), collector("local"));
  }

  private Values collectorValues(Map<String, String> more) {
    Map<String, String> settings = settings();
    settings.put("state-dir", data.collector().toString());
    settings.put("interval.resend", RESEND); // a fleet of one machine
    settings.putAll(more);
    Values values = CollectorSettings.CATALOGUE.read(RawSettings.of(settings, UP));
    log(CollectorSettings.CATALOGUE, values);
    return values;
  }

  /** Properties of a Kafka client. */
  private Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>(options.kafka());
    kafka.put("bootstrap.servers", bootstrapServers());
    return kafka;
  }

  /**
   * The collectors of a fleet directory.
   *
   * @param more settings of theirs
   */
  FleetCollectors collectors(Path fleet, Map<String, String> more) throws IOException {
    ProcessConfig config =
        marking(CollectorSettings.process(collectorValues(more)).checking(new CataloguedFacts()));
    if (config.keys() instanceof FleetKeys keys) {
      // All at once: one after the other takes long.
      keys.register(new FleetDirectory(fleet).look().hosts().keySet());
    }
    return FleetCollectors.start(fleet, config, collector("fleet"));
  }

  private ProcessConfig marking(ProcessConfig config) throws IOException {
    if (!options.withKeys) {
      return config;
    }
    KeyTopic topic = KeyTopic.of(topics(), kafka());
    return config.marking(FleetKeys.read(fleetKey.key(), topic));
  }

  /** Two collectors have meters of the same names. */
  private MeterRegistry collector(String which) {
    return meters.of("collector of " + which, Tags.of("collector", which));
  }

  private static void log(Catalogue catalogue, Values values) {
    LOG.info("settings of {}: {}", catalogue.process(), values.effective());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap-servers", bootstrapServers());
    settings.put("topic-prefix", options.topicPrefix);
    options.kafka().forEach((key, value) -> settings.put("kafka." + key, value));
    return settings;
  }
}
