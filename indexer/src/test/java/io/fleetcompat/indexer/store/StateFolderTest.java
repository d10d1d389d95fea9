package io.fleetcompat.indexer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  private final AtomicInteger moved = new AtomicInteger();
  private final Clock clock =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);

  @TempDir Path state;

  @Test
  void whatStreamsCanStartFromStays() throws IOException {
    Path task = Files.createDirectories(state.resolve("app/0_1/rocksdb/hosts")).resolve("../..");
    Files.writeString(task.resolve(".checkpoint"), "0\n1\na-changelog 3 42\n");
    Files.writeString(task.resolve("hosts.position"), "0\n0\n");
    Files.writeString(task.resolve("foreign"), "nonsense");
    Files.writeString(state.resolve("app/.lock"), "");
    Files.writeString(state.resolve("app/kafka-streams-process-metadata"), "nonsense");
    Files.writeString(state.resolve("app/foreign"), "nonsense");
    Files.createDirectories(state.resolve("app/other"));
    clear();
    assertThat(moved).hasValue(0);
    assertThat(task.resolve(".checkpoint")).exists();
  }

  @Test
  void theWrongKindOfFileIsMovedAside() throws IOException {
    Files.createDirectories(state.resolve("app/.lock"));
    Files.createDirectories(state.resolve("app/kafka-streams-process-metadata"));
    Files.writeString(state.resolve("app/0_2"), "nonsense");
    Files.createDirectories(state.resolve("app/0_3"));
    Files.writeString(state.resolve("app/0_3/rocksdb"), "nonsense");
    clear();
    assertThat(moved).hasValue(4);
    assertThat(names("app")).isEmpty();
    assertThat(names("damaged"))
        .containsExactly(
            ".lock.20260102T030405.006Z",
            "0_2.20260102T030405.006Z",
            "0_3.20260102T030405.006Z",
            "kafka-streams-process-metadata.20260102T030405.006Z");
  }

  @Test
  void theStateOfATaskThatThereIsNotIsMovedAside() throws IOException {
    for (String task : List.of("0_0", "1_0", "7_0", "99999999999_0", "0_99999999999")) {
      Files.createDirectories(state.resolve("app").resolve(task).resolve("rocksdb/hosts"));
    }
    clear();
    assertThat(names("app")).containsExactly("0_0", "1_0");
  }

  @Test
  void positionsOfAnEarlierVersionThatCannotBeReadTakeTheirTaskWithThem() throws IOException {
    Files.createDirectories(state.resolve("app/0_0"));
    Files.writeString(state.resolve("app/0_0/.checkpoint"), "0\n2\na-changelog 3 42\n");
    Files.createDirectories(state.resolve("app/0_1"));
    Files.write(state.resolve("app/0_1/hosts.position"), new byte[] {(byte) 0xff, 0, 7});
    Files.createDirectories(state.resolve("app/0_2/.checkpoint"));
    clear();
    assertThat(names("app")).isEmpty();
    assertThat(moved).hasValue(3);
  }

  @Test
  void aFileInPlaceOfTheWholeDirectoryIsMovedAside() throws IOException {
    Files.writeString(state.resolve("app"), "nonsense");
    clear();
    assertThat(state.resolve("app")).doesNotExist();
    assertThat(names("damaged")).containsExactly("app.20260102T030405.006Z");
  }

  private void clear() throws IOException {
    new StateFolder(state, "app", moved::incrementAndGet, clock).clear(Set.of(0, 1));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> all = Files.list(state.resolve(folder))) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
