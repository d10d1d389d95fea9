package io.fleetcompat.cli.up;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.process.KafkaNames;
import io.fleetcompat.cli.process.NamedTexts;
import io.fleetcompat.cli.process.ProcessFiles;
import io.fleetcompat.cli.process.SettingsOptions;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.RawSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code up}, as typed. */
final class UpOptions {

  static final int EMBEDDED_PARTITIONS = 4;

  private static final Catalogue KAFKA = new Catalogue("up", List.of(), List.of(ProcessKeys.KAFKA));

  @Option(
      names = "--simulate",
      paramLabel = "N",
      description =
          "Simulate a fleet of N hosts: sysfs trees on disk, which the same collector reads.")
  Optional<Integer> simulate;

  @Option(
      names = "--churn",
      paramLabel = "R",
      defaultValue = "0",
      description = "Change the simulated fleet R times a second (default: ${DEFAULT-VALUE}).")
  double churn;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Use this seed for the simulated fleet: the same seed makes the same fleet (default:"
              + " ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--fleet",
      paramLabel = "DIR",
      description =
          "Collect from the hosts of this fleet directory (DIR/HOST/sys, facts.d/*.facts,"
              + " host.json).")
  Optional<Path> fleet;

  @Option(
      names = "--local",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Collect from this machine's own /sys too. This is the default; --no-local switches it"
              + " off.")
  boolean local;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keep everything in this directory (default: $XDG_DATA_HOME/fleetcompat, or else"
              + " ~/.local/share/fleetcompat).")
  private Optional<Path> dataDirectory;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8787",
      description = "Serve the API on this port (default: ${DEFAULT-VALUE}).")
  int httpPort;

  @Option(
      names = "--http-host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Serve the API on this address (default: ${DEFAULT-VALUE}, this machine only).")
  String httpHost;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "" + BrokerConfig.DEFAULT_PORT,
      description = "Run the Kafka broker on this port of loopback (default: ${DEFAULT-VALUE}).")
  int kafkaPort;

  @Option(
      names = "--kafka-controller-port",
      paramLabel = "PORT",
      description =
          "Run the Kafka controller on this port of loopback (default: the one after"
              + " --kafka-port).")
  Optional<Integer> kafkaControllerPort;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Use this Kafka cluster instead of starting a broker.")
  Optional<String> bootstrapServers;

  @Option(
      names = "--kafka",
      paramLabel = "NAME=VALUE",
      description =
          "Pass any setting to Kafka's clients, such as security.protocol=SSL; may be repeated.")
  private List<String> kafka = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Take settings of Kafka's clients (kafka.*) from a properties file, such as that of a"
              + " process, whose other settings are passed over; may be repeated.")
  private List<Path> files = List.of();

  private @Nullable Map<String, String> clients;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Put this before every topic's name.")
  String topicPrefix;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Number of partitions of the topics that are keyed by host (default: 4 with our broker,"
              + " else 32).")
  Optional<Integer> partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Number of replicas of the topics that are created (default: ${DEFAULT-VALUE}).")
  short replicationFactor;

  @Option(
      names = "--policy",
      paramLabel = "cross-type|mutual",
      description = "Apply this policy too (docs/rules.md 3.1 and 3.2); may be repeated.")
  List<String> policies = List.of();

  @Option(
      names = "--with-keys",
      description =
          "Give every host a key, and believe marked records alone (docs/keys.md); the keys are in"
              + " the data directory.")
  boolean withKeys;

  @Option(
      names = "--alert-rules",
      paramLabel = "FILE",
      description =
          "Take the alert rules and silences of this file instead of the built-in ones"
              + " (docs/alerts.md).")
  Optional<Path> alertRules;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL,...",
      split = ",",
      description = "Send alerts to these Alertmanagers: every member of a cluster.")
  List<String> alertmanagers = List.of();

  private UpOptions() {}

  /**
   * The settings of Kafka's clients by Kafka's names; files are read once.
   *
   * @throws CommandFailure where one of them is refused
   */
  Map<String, String> kafka() {
    Map<String, String> read = clients;
    if (read == null) {
      read = readClients();
      clients = read;
    }
    return read;
  }

  /**
   * Looks at {@code --kafka} alone, before anything is started.
   *
   * @throws CommandFailure where it is no NAME=VALUE
   */
  void requireFormOfKafka() {
    NamedTexts.parse("--kafka", kafka);
  }

  private Map<String, String> readClients() {
    try {
      RawSettings given =
          NamedTexts.settings(ProcessKeys.KAFKA, "--kafka", kafka)
              .over(ProcessFiles.meantFor(KAFKA, SettingsOptions.ofFiles(files)));
      return KAFKA.read(given, KafkaNames.INSTANCE).group(ProcessKeys.KAFKA);
    } catch (BadSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  Path dataDirectory() {
    return dataDirectory.orElseGet(() -> DataDirectory.byDefault(System.getenv()));
  }

  int controllerPort() {
    return kafkaControllerPort.orElse(kafkaPort + 1);
  }

  int hostPartitions() {
    return partitions.orElse(
        bootstrapServers.isPresent() ? Topics.DEFAULT_HOST_PARTITIONS : EMBEDDED_PARTITIONS);
  }

  /** The address that a client on this machine uses. */
  String apiAddress() {
    boolean any = httpHost.equals("0.0.0.0") || httpHost.equals("::");
    return "http://" + (any ? "127.0.0.1" : httpHost) + ":" + httpPort;
  }
}
