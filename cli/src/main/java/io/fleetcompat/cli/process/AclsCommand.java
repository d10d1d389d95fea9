package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.ShellWord;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.ShownValue;
import io.fleetcompat.settings.Values;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that prints the commands that give each process its rights in Kafka. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "acls",
    description =
        "Print the kafka-acls commands that give a principal what a process needs in Kafka, and no"
            + " more. Kafka is not asked, and nothing is changed.",
    footer = {
      "%nExample:",
      "  fleetcompat acls --principal User:indexer --process index --bootstrap-servers kafka:9092"
          + " | sh"
    })
public final class AclsCommand extends KafkaCommand {

  private static final Key<String> SERVERS =
      Key.of(
              ProcessKeys.BOOTSTRAP_SERVERS.name(),
              ProcessKeys.BOOTSTRAP_SERVERS.kind(),
              "localhost:9092",
              "The Kafka cluster, as the printed commands name it.")
          .orOption("--bootstrap-servers");

  private static final Key<String> APPLICATION_ID =
      IndexerSettings.APPLICATION_ID.orOption("--application-id");

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "acls",
          List.of(SERVERS, ProcessKeys.TOPIC_PREFIX, APPLICATION_ID),
          List.of(ProcessKeys.KAFKA));

  /** The processes as they are typed; asking drivers is an option of one. */
  enum Part {
    collect,
    index,
    serve,
    admin
  }

  @Option(
      names = "--principal",
      required = true,
      paramLabel = "TYPE:NAME",
      description = "Whom to give the rights to, such as User:indexer.")
  private String principal;

  @Option(
      names = "--process",
      paramLabel = "collect|index|serve|admin",
      description =
          "The process that the principal runs, admin for the commands of an operator; may be"
              + " repeated (default: all of them, each with a comment before it).")
  private List<Part> parts = Arrays.asList(Part.values());

  @Option(names = "--probe", description = "The collectors may ask drivers (collect --probe).")
  private boolean probe;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "The properties with which kafka-acls itself speaks to Kafka, passed on to it.")
  private Optional<Path> commandConfig;

  private AclsCommand() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    if (!principal.matches("[^:\\p{Cntrl}]+:[^\\p{Cntrl}]+")) {
      throw CommandFailure.usage(
          "--principal: expected TYPE:NAME, such as User:indexer, found "
              + ShownValue.quoted(principal));
    }
    TopicRights rights = checked(() -> values.make(AclsCommand::rights));
    PrintWriter out = spec().commandLine().getOut();
    for (Part part : parts) {
      TopicRights.Client client = client(part);
      out.println("# " + client.words());
      rights.of(client).forEach(right -> out.println(command(right, values.get(SERVERS))));
    }
    return ExitStatus.OK;
  }

  private static TopicRights rights(Values values) {
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    return new TopicRights(
        new Topics(prefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1),
        values.find(APPLICATION_ID).orElse(prefix + IndexerSettings.APPLICATION_ID_END));
  }

  private TopicRights.Client client(Part part) {
    return switch (part) {
      case collect -> probe ? TopicRights.Client.PROBE : TopicRights.Client.COLLECT;
      case index -> TopicRights.Client.INDEX;
      case serve -> TopicRights.Client.SERVE;
      case admin -> TopicRights.Client.ADMIN;
    };
  }

  private String command(KafkaRight right, String servers) {
    List<String> words = new ArrayList<>(List.of("kafka-acls.sh", "--bootstrap-server", servers));
    commandConfig.ifPresent(file -> words.addAll(List.of("--command-config", file.toString())));
    words.addAll(List.of("--add", "--allow-principal", principal));
    right.operations().forEach(each -> words.addAll(List.of("--operation", word(each))));
    if (right.pattern() == PatternType.PREFIXED) {
      words.addAll(List.of("--resource-pattern-type", "prefixed"));
    }
    String resource = "--" + right.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
    right.names().forEach(name -> words.addAll(List.of(resource, name)));
    return String.join(" ", words.stream().map(ShellWord::of).toList());
  }

  /** As kafka-acls spells it: {@code DescribeConfigs}. */
  static String word(AclOperation operation) {
    return Arrays.stream(operation.name().split("_", -1))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
