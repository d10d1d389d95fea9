package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Times;
import io.fleetcompat.settings.Values;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where the topic of keys is. */
final class KeyTopicOptions {

  static final Catalogue CATALOGUE =
      new Catalogue(
          "keys",
          List.of(ProcessKeys.BOOTSTRAP_SERVERS, ProcessKeys.TOPIC_PREFIX),
          List.of(ProcessKeys.KAFKA));

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "Wait at most this long for Kafka's first answer (default: ${DEFAULT-VALUE}).")
  private String timeout;

  private KeyTopicOptions() {}

  /** The topic that the settings name. */
  KeyTopic topic(Values values) {
    Duration answer = answer();
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    Topics topics =
        SettingsCommand.checked(
            () ->
                values.make(any -> new Topics(prefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1)));
    return new KeyTopic(topics.keys(), KafkaCommand.consumerProperties(values), answer);
  }

  private Duration answer() {
    try {
      Duration answer = Times.parse(timeout);
      if (answer.isPositive()) {
        return answer;
      }
      throw new IllegalArgumentException("expected a time above 0, found " + timeout);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--timeout: " + e.getMessage());
    }
  }
}
