package io.fleetcompat.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The repository's files, as tests of documents see them. */
final class Repository {

  static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  static final Path APPLICATION = TOP.resolve("cli/target/fleetcompat/lib");

  private Repository() {}

  static String read(String file) {
    try {
      return Files.readString(TOP.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the image has: the launcher beside its jars. */
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
