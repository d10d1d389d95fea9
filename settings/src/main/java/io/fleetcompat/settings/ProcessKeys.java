package io.fleetcompat.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that every process has: where Kafka is, and where its own health is served. */
public final class ProcessKeys {

  public static final Key<String> BOOTSTRAP_SERVERS =
      Key.required(
              "bootstrap-servers",
              Kind.text("HOST:PORT,...", "the Kafka cluster as HOST:PORT,..."),
              "The Kafka cluster: `HOST:PORT`, or several with commas between them.")
          .orOption("--bootstrap-servers");

  public static final Key<String> TOPIC_PREFIX =
      Key.of(
              "topic-prefix",
              Kind.text("PREFIX", "a prefix of topic names"),
              "",
              "Put this before every topic's name, so that several fleets can share a cluster.")
          .orOption("--topic-prefix");

  public static final Key<Integer> METRICS_PORT =
      Key.optional(
              "metrics-port",
              Kind.number("PORT", 0, 65535),
              "not served",
              "Serve `/health/live`, `/health/ready` and `/metrics` on this port; 0"
                  + " takes any free one.")
          .orOption("--metrics-port");

  public static final Key<String> METRICS_HOST =
      Key.of(
              "metrics-host",
              Kind.text("ADDRESS", "an address"),
              "127.0.0.1",
              "Serve health and metrics on this address; the default is this machine only.")
          .orOption("--metrics-host");

  /** Settings of Kafka's clients, passed through without the prefix. */
  public static final Group KAFKA =
      new Group(
          "kafka.",
          "Pass any setting to Kafka's clients, such as `kafka.security.protocol=SSL`.",
          Optional.of("--kafka"),
          Map.of("bootstrap.servers", BOOTSTRAP_SERVERS.name()));

  static final List<Key<?>> ALL =
      List.of(BOOTSTRAP_SERVERS, TOPIC_PREFIX, METRICS_PORT, METRICS_HOST);

  private ProcessKeys() {}
}
