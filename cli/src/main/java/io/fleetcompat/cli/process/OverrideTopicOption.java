package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Times;
import io.fleetcompat.settings.Values;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says how long the topic of overrides is waited for. */
final class OverrideTopicOption {

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "Wait at most this long for Kafka's first answer (default: ${DEFAULT-VALUE}).")
  private String timeout;

  private OverrideTopicOption() {}

  /** The topic that the settings name. */
  OverrideTopic topic(Values values) {
    Duration answer = answer();
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    return new OverrideTopic(
        SettingsCommand.checked(
                () ->
                    values.make(
                        any -> new Topics(prefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1)))
            .overrides(),
        KafkaCommand.consumerProperties(values),
        answer,
        System::nanoTime);
  }

  private Duration answer() {
    try {
      Duration answer = Times.parse(timeout);
      if (!answer.isPositive()) {
        throw new IllegalArgumentException("expected a time above 0, found " + timeout);
      }
      return answer;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--timeout: " + e.getMessage());
    }
  }
}
