package io.fleetcompat.cli.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fleetcompat.cli.output.CommandFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where Kafka is, and how to speak to it. */
final class KafkaOptions {

  /** How long an administrative request may take where nothing else is configured. */
  private static final String ADMIN_TIMEOUT_MILLIS = "30000";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      required = true,
      defaultValue = "${env:FLEETCOMPAT_BOOTSTRAP_SERVERS}",
      description = "The Kafka cluster (default: $FLEETCOMPAT_BOOTSTRAP_SERVERS).")
  String bootstrapServers;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "A Kafka client property, such as security.protocol=SSL; may be repeated.")
  private Map<String, String> properties = Map.of();

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Put before every topic's name.")
  String topicPrefix;

  private KafkaOptions() {}

  /** A question that ends says itself what went wrong: Kafka's own warnings are not shown. */
  Map<String, Object> adminProperties() {
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logger) {
      logger.setLevel(Level.ERROR);
    }
    Map<String, Object> all = new HashMap<>();
    all.put("default.api.timeout.ms", ADMIN_TIMEOUT_MILLIS);
    all.putAll(properties);
    all.put("bootstrap.servers", bootstrapServers);
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

  /** That Kafka did not do what was asked of it. */
  CommandFailure failure(String what, RuntimeException e) {
    boolean silent =
        Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
            .limit(CommandFailure.MAX_CAUSES)
            .anyMatch(TimeoutException.class::isInstance);
    String why =
        silent
            ? "expected an answer in time, found none: is Kafka there, and does --kafka say how it"
                + " is spoken to (security.protocol and the like)?"
            : CommandFailure.why(e);
    return CommandFailure.failed("%s (Kafka at %s): %s".formatted(what, bootstrapServers, why));
  }
}
