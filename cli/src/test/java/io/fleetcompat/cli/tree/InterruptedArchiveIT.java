package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C while an archive is unpacked: a real process, and what it leaves behind. */
class InterruptedArchiveIT {

  /** Enough that unpacking takes seconds. */
  private static final int FILES = 60_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "compare"})
  void nothingStaysOfAnArchiveWhenTheCommandIsInterrupted(String command)
      throws IOException, InterruptedException {
    Path archive = archive();
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    List<String> arguments =
        command.equals("inspect")
            ? List.of("inspect", "--root", archive.toString())
            : List.of("compare", "--source", archive.toString(), "--destination", "/sys");
    List<String> java =
        Child.java(
            List.of("-Djava.io.tmpdir=" + temporary, "-Xmx256m"),
            "io.fleetcompat.cli.Main",
            arguments);
    try (Child child = Child.start(directory.resolve("log"), directory, Map.of(), java)) {
      Await.until(
          "the archive is being unpacked",
          Duration.ofMinutes(2),
          () -> !child.process().isAlive() || holds(temporary, "name-2000"),
          held -> held);
      assertThat(child.process().isAlive()).as("it still unpacks").isTrue();
      assertThat(child.interrupt()).isEqualTo(130);
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.toString().contains("fleetcompat"))).isEmpty();
    }
  }

  private static boolean holds(Path temporary, String file) throws IOException {
    try (Stream<Path> unpacked = Files.list(temporary)) {
      return unpacked.anyMatch(path -> Files.exists(path.resolve("sys/bus/pci/devices/" + file)));
    }
  }

  private Path archive() throws IOException {
    Path archive = directory.resolve("host.tar");
    byte[] content = "x\n".getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < FILES; i++) {
        TarArchiveEntry entry = new TarArchiveEntry("sys/bus/pci/devices/name-" + i);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
