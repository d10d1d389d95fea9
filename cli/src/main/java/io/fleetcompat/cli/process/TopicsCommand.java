package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.schemas.Topics;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics, or checks that they are as they must be. */
@Command(
    name = "topics",
    description =
        "Check the topics in Kafka. Exit status 3: one is missing, or has other settings than it"
            + " must. With --create, create those that are missing.")
public final class TopicsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--create", description = "Create the topics that are missing.")
  private boolean create;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "" + Topics.DEFAULT_HOST_PARTITIONS,
      description = "Partitions of the topics that are keyed by host (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "Replicas of the topics that are created (default: ${DEFAULT-VALUE}).")
  private short replicationFactor;

  private TopicsCommand() {}

  @Override
  public Integer call() {
    Topics topics = topics();
    try (Admin admin = Admin.create(kafka.adminProperties())) {
      TopicSetup.ensure(admin, topics, create);
    } catch (TopicSetup.TopicException e) {
      throw new CommandFailure(ExitStatus.INCOMPATIBLE, String.valueOf(e.getMessage()));
    } catch (KafkaException | IllegalStateException e) {
      throw kafka.failure("the topics could not be looked at", e);
    }
    topics
        .all()
        .forEach(
            topic ->
                spec.commandLine()
                    .getOut()
                    .println(topic.name() + ": " + topic.partitions() + " partitions"));
    return ExitStatus.OK;
  }

  private Topics topics() {
    try {
      return new Topics(kafka.topicPrefix(), partitions, replicationFactor);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
