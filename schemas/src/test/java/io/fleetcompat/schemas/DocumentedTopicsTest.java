package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of topics in the documentation say what the catalogue says. */
class DocumentedTopicsTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Topics TOPICS = new Topics("", Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
  private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

  @Test
  void theArchitectureHasARowForEachTopic() throws IOException {
    List<String> rows =
        TOPICS.all().stream()
            .map(
                topic ->
                    "| `%s` | %s | %s, %s |"
                        .formatted(
                            topic.name(),
                            topic.content(),
                            topic.partitions() == 1 ? "1" : "N",
                            policy(topic)))
            .toList();
    assertThat(table("architecture.md")).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void theOperatorsTableNamesEachTopicOnceWithItsPartitionsAndPolicy() throws IOException {
    List<String> documented = new ArrayList<>();
    for (String row : table("operations.md")) {
      String[] cells = row.split("\\|", -1);
      Matcher name = NAME.matcher(cells[1]);
      while (name.find()) {
        documented.add(name.group(1) + ":" + cells[2].strip() + ":" + cells[3].strip());
      }
    }
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            TOPICS.all().stream()
                .map(
                    topic ->
                        topic.name()
                            + ":"
                            + (topic.partitions() == 1
                                ? "1"
                                : topic.partitions() + " (`partitions`)")
                            + ":"
                            + policy(topic).replace("14 days", "delete, 14 days"))
                .toList());
  }

  private static String policy(Topic<?, ?> topic) {
    String kept = topic.settings().get("retention.ms");
    return kept == null
        ? Objects.requireNonNull(topic.settings().get("cleanup.policy"))
        : Duration.ofMillis(Long.parseLong(kept)).toDays() + " days";
  }

  /** The rows of the table below the heading "Topics", without its first two lines. */
  private static List<String> table(String document) throws IOException {
    String text = Files.readString(DOCS.resolve(document));
    String section = text.split("(?m)^## Topics$", 2)[1].split("(?m)^## ", 2)[0];
    return section.lines().filter(line -> line.startsWith("|")).skip(2).toList();
  }
}
