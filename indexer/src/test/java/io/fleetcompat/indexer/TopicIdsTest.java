package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicIdsTest {

  private static final Uuid ONE = Uuid.randomUuid();
  private static final Uuid OTHER = Uuid.randomUuid();

  @TempDir Path directory;

  @Test
  void theyAreKeptAndReadAgain() throws IOException {
    TopicIds ids = new TopicIds(Map.of("a", ONE, "b.c-d_e", OTHER));
    ids.keepIn(directory.resolve("new"));
    assertThat(TopicIds.keptIn(directory.resolve("new"))).isEqualTo(ids);
  }

  @Test
  void whereNoneAreKeptOrNobodyCanReadThemNothingIsKnown() throws IOException {
    assertThat(TopicIds.keptIn(directory).byName()).isEmpty();
    Files.writeString(directory.resolve("topic-ids"), "a=no id");
    assertThat(TopicIds.keptIn(directory).byName()).isEmpty();
  }

  @Test
  void anotherIdIsATopicMadeAnewAndNoIdAMissingOne() {
    TopicIds before = new TopicIds(Map.of("same", ONE, "anew", ONE, "gone", ONE));
    TopicIds now = new TopicIds(Map.of("same", ONE, "anew", OTHER, "added", OTHER));
    assertThat(now.madeAnewSince(before)).containsExactly("anew");
    assertThat(now.missingSince(before)).containsExactly("gone");
  }

  @Test
  void othersAreAddedAndReplaceNothing() {
    TopicIds known = new TopicIds(Map.of("a", ONE));
    assertThat(known.and(new TopicIds(Map.of("a", OTHER, "b", OTHER))))
        .isEqualTo(new TopicIds(Map.of("a", ONE, "b", OTHER)));
  }
}
