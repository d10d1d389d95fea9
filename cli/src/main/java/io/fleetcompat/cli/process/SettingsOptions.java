package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where a process takes its settings from: a properties file, and options laid over it. */
final class SettingsOptions {

  private static final int MAX_FILE_BYTES = 1 << 20;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file; see docs/operations.md for the settings.")
  private Optional<Path> file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting, over the file's; may be repeated.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      defaultValue = "${env:FLEETCOMPAT_BOOTSTRAP_SERVERS}",
      description = "The Kafka cluster (default: $FLEETCOMPAT_BOOTSTRAP_SERVERS, or the file's).")
  Optional<String> bootstrapServers;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "A Kafka client property, such as security.protocol=SSL; may be repeated.")
  private Map<String, String> kafka = Map.of();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "Put before every topic's name.")
  private Optional<String> topicPrefix;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve /health/live, /health/ready and /metrics there (default: do not).")
  Optional<Integer> metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "On which address (default: ${DEFAULT-VALUE}, this machine only).")
  String metricsHost;

  private SettingsOptions() {}

  /** All settings; options win over the file. */
  SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    file.ifPresent(path -> all.putAll(read(path)));
    all.putAll(settings);
    kafka.forEach((key, value) -> all.put("kafka." + key, value));
    topicPrefix.ifPresent(prefix -> all.put("topic-prefix", prefix));
    return all;
  }

  private static Map<String, String> read(Path path) {
    Properties properties = new Properties();
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw CommandFailure.usage(
            "expected a properties file of at most %d bytes, found more: %s"
                .formatted(MAX_FILE_BYTES, path));
      }
      try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("expected a properties file at " + path + ", found none");
    } catch (IOException | IllegalArgumentException e) {
      throw CommandFailure.usage(
          "expected a properties file at %s, found something else: %s"
              .formatted(path, e.getMessage()));
    }
    Map<String, String> read = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
    return read;
  }
}
