package io.fleetcompat.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository's files, as tests of documents see them. */
final class Repository {

  static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  static final Path APPLICATION = TOP.resolve("cli/target/fleetcompat/lib");

  /** Names of files that people write: a known ending, or none. */
  private static final Pattern TEXT =
      Pattern.compile(
          "[^.]+|[^.].*\\.(?:java|md|json|avsc|xml|ya?ml|properties|example|service|sh|txt)");

  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".m2");

  private Repository() {}

  static String read(String file) {
    try {
      return Files.readString(TOP.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file that is text and not made by the build, by its path from the top. */
  static SortedMap<Path, String> texts() {
    SortedMap<Path, String> texts = new TreeMap<>();
    try {
      Files.walkFileTree(
          TOP,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String name = file.getFileName().toString();
              if (TEXT.matcher(name).matches()) {
                texts.put(TOP.relativize(file), Files.readString(file));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  /** Installs what the image has: the launcher beside its jars. */
  static Path install(Path directory) throws IOException {
    Path lib = Files.createDirectories(directory.resolve("lib"));
    Files.copy(TOP.resolve("fleetcompat"), directory.resolve("fleetcompat"));
    try (Stream<Path> jars = Files.list(APPLICATION)) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    return directory.resolve("fleetcompat");
  }
}
