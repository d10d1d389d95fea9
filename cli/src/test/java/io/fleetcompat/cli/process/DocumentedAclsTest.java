package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/**
 * The table of rights in docs/operations.md is what the code has; where it is not, the failure has
 * the table to put there.
 */
class DocumentedAclsTest {

  private static final TopicRights RIGHTS =
      new TopicRights(
          new Topics("", Topics.DEFAULT_HOST_PARTITIONS, (short) 1),
          IndexerSettings.APPLICATION_ID_END);

  @Test
  void theTableOfRightsIsThatOfTheCode() throws IOException {
    StringBuilder table = new StringBuilder("| who | on | may |\n|---|---|---|\n");
    for (TopicRights.Client client : TopicRights.Client.values()) {
      RIGHTS.of(client).forEach(right -> table.append(row(client, right)));
    }
    assertThat(Files.readString(Path.of("..", "docs", "operations.md"))).contains(table);
  }

  private static String row(TopicRights.Client client, KafkaRight right) {
    String who = client == TopicRights.Client.ADMIN ? client.words() : "`" + client.words() + "`";
    String names =
        right.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    String operations =
        right.operations().stream().map(AclsCommand::word).collect(Collectors.joining(", "));
    return "| %s | %s%s %s | %s |\n"
        .formatted(
            who,
            word(right.type()),
            right.pattern() == PatternType.PREFIXED ? " that begin with" : "",
            names,
            operations);
  }

  private static String word(ResourceType type) {
    return switch (type) {
      case TOPIC -> "topics";
      case GROUP -> "the group";
      case TRANSACTIONAL_ID -> "transactional ids";
      default -> throw new AssertionError(type);
    };
  }
}
