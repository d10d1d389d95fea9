package io.fleetcompat.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {

  @TempDir Path directory;

  @Test
  void aDirectoryWithOtherThingsIsRefusedAndNothingIsWritten() throws IOException {
    Files.writeString(directory.resolve("passwd"), "");
    Run refused = simulate(1);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("found passwd in " + directory, "--force");
    assertThat(entries()).containsExactly("passwd");
    assertThat(simulate(1, "--force").status()).isZero();
    assertThat(entries()).contains("host-0000", "passwd");
  }

  @Test
  void aFolderThatIsNoHostIsAnotherThing() throws IOException {
    Files.createDirectories(directory.resolve("include/sys"));
    Files.createDirectories(directory.resolve("lib"));
    assertThat(simulate(1).err()).contains("found lib in " + directory);
  }

  @Test
  void anEmptyOneAMissingOneAndAFleetAreTaken() throws IOException {
    Files.createDirectories(directory.resolve("lost+found"));
    assertThat(simulate(1).status()).isZero();
    Files.writeString(directory.resolve("notes"), "of a fleet that is there");
    assertThat(simulate(2).out()).startsWith("2 hosts in");
    Path missing = directory.resolve("a/b");
    assertThat(Run.of("simulate", "--hosts", "0", missing.toString()).status()).isZero();
    assertThat(Files.isDirectory(missing)).isTrue();
    Path own = directory.resolve("own");
    Files.createDirectories(own.resolve("hv-1/sys"));
    assertThat(Run.of("simulate", "--hosts", "1", own.toString()).status()).isZero();
  }

  private Run simulate(int hosts, String... more) {
    return Run.of(
        Stream.concat(
                Stream.of("simulate", "--hosts", String.valueOf(hosts)),
                Stream.concat(Stream.of(more), Stream.of(directory.toString())))
            .toArray(String[]::new));
  }

  private Stream<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> String.valueOf(path.getFileName())).toList().stream();
    }
  }
}
