package io.fleetcompat.cli.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.DebianProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The version before, built from the repository's own history. Where that is not there, or Maven
 * does not have what it needs, tests are skipped.
 */
final class VersionBefore {

  /** The file that names the commit. */
  private static final Path COMMIT = Path.of("src/test/resources/version-before.txt");

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final String MAIN_JAR = "cli/target/fleetcompat/lib/fleetcompat.jar";

  /** Other scenarios are played meanwhile. */
  private static final Duration BUILT_WITHIN = Duration.ofMinutes(10);

  private VersionBefore() {}

  /** The command line of the version before, up to the arguments. */
  static List<String> command() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(CommandPart.JAVA_OPTIONS);
    command.addAll(List.of("-jar", built().toString()));
    return command;
  }

  private static Path built() throws IOException, InterruptedException {
    String commit = Files.readString(COMMIT).strip();
    Path sources = TOP.resolve("target/version-before").resolve(commit);
    Path jar = sources.resolve(MAIN_JAR);
    if (!Files.exists(jar)) {
      unpack(commit, Files.createDirectories(sources));
      build(sources);
    }
    return jar;
  }

  private static void unpack(String commit, Path sources) throws IOException, InterruptedException {
    DebianProgram.require("git", "git");
    DebianProgram.require("tar", "tar");
    Path archive = sources.resolveSibling(commit + ".tar");
    boolean there =
        Files.exists(TOP.resolve(".git"))
            && Program.status(
                    "git", "-C", TOP.toString(), "archive", "-o", archive.toString(), commit)
                == 0;
    assumeTrue(there, "expected commit " + commit + " in the history of this tree, found none");
    Program.require("tar", "-xf", archive.toString(), "-C", sources.toString());
  }

  private static void build(Path sources) throws IOException, InterruptedException {
    DebianProgram.require("mvn", "maven");
    List<String> build =
        List.of(
            "mvn",
            "-o",
            "-B",
            "-q",
            "-Pquick",
            "-Dmaven.test.skip=true",
            "-pl",
            "cli",
            "-am",
            "package");
    Path log = sources.resolve("build.log");
    try (Child child = Child.start(log, sources, Map.of(), build)) {
      int status = child.end(BUILT_WITHIN);
      assumeTrue(status == 0, "the version before cannot be built; see " + log);
    }
  }
}
