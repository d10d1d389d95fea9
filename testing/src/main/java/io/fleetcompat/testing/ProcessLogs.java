package io.fleetcompat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The logs of the processes that the tests of this JVM start: below the module's {@code
 * target/processes}, so that they outlive a test's temporary directory. Threads: any.
 */
public final class ProcessLogs {

  private static final Path TARGET = Path.of(System.getProperty("basedir", "")).resolve("target");
  private static final Path HERE =
      TARGET.resolve("processes").resolve(String.valueOf(ProcessHandle.current().pid()));
  private static final AtomicInteger COUNT = new AtomicInteger();

  /**
   * The name of the directory in which a broker keeps its segments: they are large, and no logs in
   * this sense though named so.
   */
  static final String SEGMENTS = "kafka";

  private ProcessLogs() {}

  /** A new directory for the files of one process. */
  public static Path directory(String process) throws IOException {
    return Files.createDirectories(
        HERE.resolve("%s-%d".formatted(process, COUNT.incrementAndGet())).toAbsolutePath());
  }

  /** Has a log that is, or will be, elsewhere kept too, as long as it is there. */
  public static void show(Path log) throws IOException {
    Path name = log.toAbsolutePath().getFileName();
    Files.createSymbolicLink(directory("child").resolve(name), log.toAbsolutePath());
  }

  /** Copies what all processes have said so far to {@code target/failed}; gives where it is. */
  static Path keep(String test) throws IOException {
    return copy(HERE, TARGET.resolve("failed").resolve(test.replaceAll("[^A-Za-z0-9._-]+", "-")));
  }

  static Path copy(Path from, Path to) throws IOException {
    Path kept = Files.createDirectories(to.toAbsolutePath());
    for (Path directory : children(from)) {
      for (Path file : children(directory)) {
        if (Files.isRegularFile(file)) {
          Path copy = kept.resolve(directory.getFileName() + "-" + file.getFileName());
          Files.write(copy, Files.readAllBytes(file));
        }
      }
    }
    return kept;
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }
}
