package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that creates the topics, or checks that they are as they must be. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "topics",
    description =
        "Check the topics in Kafka. Exit status 3: one is missing, or one of its settings is wrong."
            + " With --create, create those that are missing.",
    footer = {"%nExample:", "  fleetcompat topics --bootstrap-servers kafka:9092 --create"})
public final class TopicsCommand extends KafkaCommand {

  private static final Key<Integer> REPLICATION_FACTOR =
      IndexerSettings.REPLICATION_FACTOR.orOption("--replication-factor");

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "topics",
          List.of(
              ProcessKeys.BOOTSTRAP_SERVERS,
              ProcessKeys.TOPIC_PREFIX,
              IndexerSettings.PARTITIONS,
              REPLICATION_FACTOR),
          List.of(ProcessKeys.KAFKA));

  @Option(names = "--create", description = "Create the topics that are missing.")
  private boolean create;

  private TopicsCommand() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    Topics topics = checked(() -> values.make(TopicsCommand::topics));
    try (WaitNotice _ = waiting(values);
        Admin admin = Admin.create(adminProperties(values))) {
      TopicSetup.ensure(admin, topics, create);
    } catch (TopicSetup.TopicException e) {
      throw new CommandFailure(ExitStatus.INCOMPATIBLE, String.valueOf(e.getMessage()));
    } catch (KafkaException | IllegalStateException e) {
      throw failure("the topics could not be looked at", e, values);
    }
    topics
        .all()
        .forEach(
            topic ->
                spec()
                    .commandLine()
                    .getOut()
                    .println(topic.name() + ": " + topic.partitions() + " partitions"));
    return ExitStatus.OK;
  }

  private static Topics topics(Values values) {
    return new Topics(
        values.get(ProcessKeys.TOPIC_PREFIX),
        values.get(IndexerSettings.PARTITIONS),
        values.get(REPLICATION_FACTOR).shortValue());
  }
}
