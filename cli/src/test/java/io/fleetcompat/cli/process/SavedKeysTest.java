package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedKeysTest {

  private static final String KEY =
      "{\"host\": \"a\", \"oldest\": 1, \"newest\": 2, \"revoked\": false, \"removed\": false}";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("keys.json"), text);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    TreeMap<String, Generations> keys = new TreeMap<>();
    keys.put("a", new Generations(1, 1, false));
    keys.put("b", new Generations(2, 3, true));
    keys.put("c", new Generations(4, 4, true, true));
    TreeMap<String, Optional<RegisteredKey>> registered = new TreeMap<>();
    keys.forEach(
        (host, key) -> registered.put(host, Optional.of(key.record(Instant.EPOCH, "\"why\" é"))));
    registered.put("unreadable", Optional.empty());
    assertThat(SavedKeys.read(file(SavedKeys.write(registered)))).isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "oldest": 1 | "oldest": 0 | expected in oldest of key 1: a number from 1 to 2147483647, found '0'
          "oldest": 1 | "oldest": 3 | expected in newest of key 1: a number from 3, found '2'
          "newest": 2 | "newest": 2147483648 | expected in newest of key 1: a number from 1
          "newest": 2 | "other": 2 | expected in newest of key 1: a number from 1 to 2147483647, found none
          "revoked": false | "revoked": 0 | expected in revoked of key 1: true or false, found '0'
          "removed": false | "removed": true | expected in revoked of key 1: true of a host that is removed
          "host": "a" | "host": "a/b" | expected in host of key 1:
          """)
  void aMistakeIsNamed(String good, String bad, String message) throws IOException {
    Path file = file("[" + KEY.replace(good, bad) + "]");
    assertThatThrownBy(() -> SavedKeys.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aHostIsThereOnce() throws IOException {
    Path file = file("[" + KEY + "," + KEY + "]");
    assertThatThrownBy(() -> SavedKeys.read(file))
        .hasMessage("expected in host of key 2: each host once, found '\"a\"'");
  }

  @Test
  void anotherFileIsNone() throws IOException {
    assertThatThrownBy(() -> SavedKeys.read(file("{}"))).hasMessageContaining("an array of keys");
    assertThatThrownBy(() -> SavedKeys.read(file("[{"))).hasMessageContaining("expected JSON");
  }
}
