package io.fleetcompat.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.schemas.BadRecordException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {

  private static final FleetKey FLEET = FleetKey.random(new SecureRandom());
  private static final HostRecord RECORD =
      new HostRecord("t", "a".getBytes(UTF_8), "v".getBytes(UTF_8));

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("file.key");
  }

  private static RecordHeaders headers(Header mark) {
    return new RecordHeaders(new Header[] {mark});
  }

  @Test
  void aFleetsKeyIsReadAsItWasWrittenAndNeverOverwritten() throws IOException, BadRecordException {
    KeyFile.write(file(), FLEET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    Header mark = FLEET.host("a", 1).markDocument(RECORD, 1, 1);
    assertThat(KeyFile.fleet(file()).checkDocument("a", RECORD, headers(mark), Generations.ANY))
        .isEqualTo(new RecordStamp(1, 1, 1));
    assertThatThrownBy(() -> KeyFile.write(file(), FLEET))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void theHeartbeatsKeyIsReadOfItsOwnFileAndOfTheFleets() throws IOException, BadRecordException {
    Header mark = FLEET.host("a", 1).markHeartbeat(RECORD, 1, 1);
    Path own = directory.resolve("api.key");
    KeyFile.write(file(), FLEET);
    KeyFile.write(own, FLEET.heartbeats());
    for (Path each : List.of(file(), own)) {
      assertThat(KeyFile.heartbeats(each).check("a", RECORD, headers(mark), Generations.ANY))
          .isEqualTo(new RecordStamp(1, 1, 1));
    }
    assertThatThrownBy(() -> KeyFile.fleet(own))
        .hasMessageContaining("expected key=fleet")
        .hasMessageContaining("found heartbeats");
  }

  @Test
  void hostsOfEveryNameHaveAFile() throws IOException {
    for (String host : List.of("a", "Ä ö=:\\", "..", "x".repeat(253), "#a", "-", " a ")) {
      Path of = KeyFiles.in(directory, host);
      assertThat(of.getParent()).isEqualTo(directory);
      KeyFile.write(of, FLEET.host(host, 3));
      HostKey read = new KeyFiles(directory).of(host).orElseThrow();
      assertThat(read.host()).isEqualTo(host);
      assertThat(read.generation()).isEqualTo(3);
      assertThat(read.markDocument(RECORD, 1, 1).value())
          .isEqualTo(FLEET.host(host, 3).markDocument(RECORD, 1, 1).value());
    }
  }

  @Test
  void aReplacedFileIsReadAgainAndALostOneGoesOnToBeUsed() throws IOException {
    KeyFiles keys = new KeyFiles(file());
    KeyFile.write(file(), FLEET.host("a", 1));
    assertThat(keys.of("a").orElseThrow().generation()).isEqualTo(1);
    KeyFile.write(file(), FLEET.host("a", 2));
    assertThat(keys.of("a").orElseThrow().generation()).isEqualTo(2);
    assertThat(keys.fault("a")).isEmpty();
    Files.writeString(file(), "garbage");
    assertThat(keys.of("a").orElseThrow().generation()).isEqualTo(2);
    assertThat(keys.fault("a").orElseThrow())
        .contains(file().toString())
        .endsWith("; the one that was there before is used");
    Files.delete(file());
    assertThat(keys.of("a").orElseThrow().generation()).isEqualTo(2);
    assertThat(keys.fault("a").orElseThrow()).contains("found no such file");
    KeyFile.write(file(), FLEET.host("a", 3));
    assertThat(keys.of("a").orElseThrow().generation()).isEqualTo(3);
    assertThat(keys.fault("a")).isEmpty();
  }

  @Test
  void anotherHostsKeyAndNoKeyAreSaidWithTheFile() throws IOException {
    KeyFile.write(file(), FLEET.host("b", 1));
    assertThatThrownBy(() -> new KeyFiles(file()).of("a"))
        .hasMessage("expected the key of host a in " + file() + ", found that of b");
    assertThatThrownBy(() -> new KeyFiles(directory).of("c"))
        .hasMessage(
            "expected the key of a host in %s, found no such file"
                .formatted(directory.resolve("c.key")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key=host        | key=other      | expected key=host",
        "host=a          | host=a/b       | a host name",
        "generation=1    | generation=0   | a number from 1",
        "generation=1    | generation=x   | a number from 1",
        "documents=S     | nothing=S      | expected documents in",
        "documents=S     | documents=S%   | expected 32 bytes",
        "documents=S     | documents=AAAA | found 3",
        "heartbeats=S    | heartbeats=    | expected 32 bytes",
      })
  void badFilesAreRefusedWithoutShowingASecret(String part, String other, String said)
      throws IOException {
    String secret = Secret.random(new SecureRandom()).spelling();
    String good = "key=host\nhost=a\ngeneration=1\ndocuments=S\nheartbeats=S\n";
    Files.writeString(file(), good.replace(part, other).replace("=S", "=" + secret));
    assertThatThrownBy(() -> KeyFile.host(file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .hasMessageContaining(file().toString())
        .hasMessageNotContaining(secret);
  }

  @Test
  void secretsAreNotShown() {
    assertThat(FLEET.host("a", 1)).hasToString("key 1 of a");
    assertThat(Secret.random(new SecureRandom())).hasToString("***");
  }
}
