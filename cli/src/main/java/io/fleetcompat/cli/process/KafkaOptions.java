package io.fleetcompat.cli.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Secrets;
import io.fleetcompat.settings.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options that say where Kafka is, and how to speak to it. */
final class KafkaOptions {

  /** The time that an administrative request may take where nothing else is configured. */
  private static final String ADMIN_TIMEOUT_MILLIS = "30000";

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "Kafka's clients",
          List.of(ProcessKeys.BOOTSTRAP_SERVERS, ProcessKeys.TOPIC_PREFIX),
          List.of(ProcessKeys.KAFKA));

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "The Kafka cluster (default: $FLEETCOMPAT_BOOTSTRAP_SERVERS).")
  private Optional<String> bootstrapServers;

  @Option(
      names = "--kafka",
      paramLabel = "NAME=VALUE",
      description =
          "A setting of a Kafka client, such as security.protocol=SSL; may be repeated"
              + " (default: $FLEETCOMPAT_KAFKA_NAME).")
  private Map<String, String> properties = Map.of();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "Prefix of every topic's name (default: $FLEETCOMPAT_TOPIC_PREFIX, or none).")
  private Optional<String> topicPrefix;

  private KafkaOptions() {}

  /** The values of the options, over those of the environment. */
  private Values values() {
    Map<String, String> kafka = new TreeMap<>();
    properties.forEach((name, value) -> kafka.put(ProcessKeys.KAFKA.prefix() + name, value));
    try {
      return CATALOGUE.read(
          given(ProcessKeys.BOOTSTRAP_SERVERS, bootstrapServers)
              .over(given(ProcessKeys.TOPIC_PREFIX, topicPrefix))
              .over(RawSettings.of(kafka, Origin.option("--kafka")))
              .over(CATALOGUE.environment(System.getenv())));
    } catch (BadSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private static RawSettings given(Key<String> key, Optional<String> value) {
    return value
        .map(
            text ->
                RawSettings.of(
                    Map.of(key.name(), text), Origin.option(key.option().orElse(key.name()))))
        .orElse(RawSettings.none());
  }

  String topicPrefix() {
    return values().get(ProcessKeys.TOPIC_PREFIX);
  }

  /** A question that ends says itself what went wrong: Kafka's own warnings are not shown. */
  Map<String, Object> adminProperties() {
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
    Values values = values();
    Map<String, Object> all = new HashMap<>();
    all.put("default.api.timeout.ms", ADMIN_TIMEOUT_MILLIS);
    all.putAll(values.group(ProcessKeys.KAFKA));
    all.put("bootstrap.servers", values.get(ProcessKeys.BOOTSTRAP_SERVERS));
    return all;
  }

  /** Of a consumer that reads what is committed and is no member of a group. */
  Map<String, Object> consumerProperties() {
    Map<String, Object> all = adminProperties();
    all.put("isolation.level", "read_committed");
    all.put("enable.auto.commit", "false");
    all.put("allow.auto.create.topics", "false");
    return all;
  }

  /** The failure that Kafka did not do what was asked of it. */
  CommandFailure failure(String what, RuntimeException e) {
    boolean silent =
        Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
            .limit(CommandFailure.MAX_CAUSES)
            .anyMatch(TimeoutException.class::isInstance);
    String why =
        silent
            ? "expected an answer in time, found none: is Kafka there, and does --kafka say how it"
                + " is spoken to (security.protocol and the like)?"
            : Secrets.removedFrom(CommandFailure.why(e), values().group(ProcessKeys.KAFKA));
    return CommandFailure.failed(
        "%s (Kafka at %s): %s".formatted(what, values().get(ProcessKeys.BOOTSTRAP_SERVERS), why));
  }
}
