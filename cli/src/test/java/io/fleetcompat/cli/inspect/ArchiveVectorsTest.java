package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Two archives have the verdict of the two trees that they were made of. */
class ArchiveVectorsTest {

  @TempDir static Path directory;

  @TestFactory
  Stream<DynamicTest> archivesSayWhatTreesSay() throws IOException {
    return Vector.tests(ArchiveVectorsTest::check);
  }

  private static void check(Vector vector) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(vector.name()));
    Path source = vector.source().write(folder.resolve("a/sys"));
    Path destination = vector.destination().write(folder.resolve("b/sys"));
    Run trees = compare(vector, source, destination);
    assertThat(trees.out()).as(trees.err()).contains(vector.verdict());

    Path a = archive(source, folder.resolve("a.tar"));
    Path b = archive(destination, folder.resolve("b.tar"));
    assertThat(compare(vector, a, b)).isEqualTo(trees);

    Path again = archive(a, folder.resolve("again.tar"));
    assertThat(again).as("the archive of an archive").hasSameBinaryContentAs(a);
  }

  private static Run compare(Vector vector, Path source, Path destination) {
    List<String> arguments = new ArrayList<>(List.of("compare", "-o", "json"));
    arguments.addAll(List.of("--source", source.toString()));
    arguments.addAll(List.of("--destination", destination.toString()));
    arguments.addAll(List.of("--source-endpoint", vector.source().endpoint()));
    arguments.addAll(List.of("--destination-endpoint", vector.destination().endpoint()));
    vector.policies().forEach(policy -> arguments.addAll(List.of("--policy", policy)));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static Path archive(Path root, Path file) {
    Run run = Run.of("inspect", "--root", root.toString(), "-o", "tar", "--file", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return file;
  }
}
