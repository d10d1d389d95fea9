package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.process.NamedTexts;
import io.fleetcompat.cli.rules.RuleOptions;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The topics that the naive judge reads itself, from Kafka and not from the API that is verified:
 * what drivers answered, and what operators have turned off.
 */
final class KeptTopics {

  private static final Key<String> SERVERS =
      Key.optional(
              ProcessKeys.BOOTSTRAP_SERVERS.name(),
              ProcessKeys.BOOTSTRAP_SERVERS.kind(),
              "nobody is taken to have been asked, and no rule to be turned off",
              "Read from Kafka what drivers answered, and which rules are turned off.")
          .orOption("--bootstrap-servers");

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "verify", List.of(SERVERS, ProcessKeys.TOPIC_PREFIX), List.of(ProcessKeys.KAFKA));

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description =
          "Read from Kafka what drivers answered (docs/rules.md 3.3) and which rules operators have"
              + " turned off. Without it nobody is taken to have been asked, and no rule to be"
              + " turned off.")
  private Optional<String> bootstrapServers;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "The prefix of the topics, with --bootstrap-servers.")
  private Optional<String> topicPrefix;

  @Option(
      names = "--kafka",
      paramLabel = "NAME=VALUE",
      description =
          "Pass a setting to Kafka's client, such as security.protocol=SSL; may be repeated"
              + " (settings kafka.*).")
  private List<String> kafka = List.of();

  private KeptTopics() {}

  /** The cluster that they are in; empty where none is named. */
  Optional<Cluster> cluster(RuleOptions file) {
    Values values = file.values(CATALOGUE, given());
    Optional<String> servers = values.find(SERVERS);
    if (servers.isEmpty()) {
      return Optional.empty();
    }
    try {
      Topics topics = new Topics(values.get(ProcessKeys.TOPIC_PREFIX), 1, (short) 1);
      return Optional.of(new Cluster(servers.get(), values.group(ProcessKeys.KAFKA), topics));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--topic-prefix: " + e.getMessage());
    }
  }

  private RawSettings given() {
    RawSettings given = NamedTexts.settings(ProcessKeys.KAFKA, "--kafka", kafka);
    return option(SERVERS, bootstrapServers)
        .over(option(ProcessKeys.TOPIC_PREFIX, topicPrefix))
        .over(given);
  }

  private static RawSettings option(Key<String> key, Optional<String> text) {
    return text.map(
            value ->
                RawSettings.of(
                    Map.of(key.name(), value), Origin.option(key.option().orElse(key.name()))))
        .orElse(RawSettings.none());
  }
}
