package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Tree source = Tree.of(vector.source(), folder.resolve("a"));
    Tree destination = Tree.of(vector.destination(), folder.resolve("b"));
    List<String> rules = rules(vector, folder.resolve("rules"));
    List<String> facts = new ArrayList<>(rules);
    facts.addAll(List.of("--source-facts", source.facts.toString()));
    facts.addAll(List.of("--destination-facts", destination.facts.toString()));
    Run trees = compare(vector, source.root, destination.root, facts);
    assertThat(trees.out()).as(trees.err()).contains(vector.verdict());

    Path a =
        archive(source.root, folder.resolve("a.tar"), List.of("--facts", source.facts.toString()));
    Path b =
        archive(
            destination.root,
            folder.resolve("b.tar"),
            List.of("--facts", destination.facts.toString()));
    assertThat(compare(vector, a, b, rules)).isEqualTo(trees);

    Path again = archive(a, folder.resolve("again.tar"), List.of());
    assertThat(again).as("the archive of an archive").hasSameBinaryContentAs(a);
  }

  /** The operator's packs of the vector, on disk. */
  private static List<String> rules(Vector vector, Path folder) throws IOException {
    if (vector.packs().isEmpty()) {
      return List.of();
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, String> pack : vector.packs().entrySet()) {
      Files.writeString(folder.resolve(pack.getKey()), pack.getValue());
    }
    return List.of("--rules", folder.toString());
  }

  /** A tree on disk, with the facts beside it. */
  private record Tree(Path root, Path facts) {

    static Tree of(Vector.Side side, Path folder) throws IOException {
      Files.createDirectories(folder);
      return new Tree(
          side.write(folder.resolve("sys")), side.writeFacts(folder.resolve("facts.d")));
    }
  }

  /** The verdict; a reason that names a side has its place in place of its path. */
  private static Run compare(
      Vector vector, Path source, Path destination, List<String> furtherArguments) {
    List<String> arguments = new ArrayList<>(List.of("compare", "-o", "json"));
    arguments.addAll(List.of("--source", source.toString()));
    arguments.addAll(List.of("--destination", destination.toString()));
    arguments.addAll(List.of("--source-endpoint", vector.source().endpoint()));
    arguments.addAll(List.of("--destination-endpoint", vector.destination().endpoint()));
    vector.policies().forEach(policy -> arguments.addAll(List.of("--policy", policy)));
    vector
        .options()
        .forEach(
            (option, value) -> arguments.addAll(List.of("--rule-option", option + "=" + value)));
    arguments.addAll(furtherArguments);
    Run run = Run.of(arguments.toArray(String[]::new));
    String out =
        run.out()
            .replace(source.toString(), "SOURCE")
            .replace(destination.toString(), "DESTINATION");
    return new Run(run.status(), out, run.err());
  }

  private static Path archive(Path root, Path file, List<String> furtherArguments) {
    List<String> arguments = new ArrayList<>(List.of("inspect", "--root", root.toString()));
    arguments.addAll(List.of("-o", "tar", "--file", file.toString()));
    arguments.addAll(furtherArguments);
    Run run = Run.of(arguments.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return file;
  }
}
