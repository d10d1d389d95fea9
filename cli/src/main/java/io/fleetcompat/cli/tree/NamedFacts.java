package io.fleetcompat.cli.tree;

import io.fleetcompat.cli.output.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory of facts that an option names: it must be there, since without its facts an answer
 * may be another.
 */
public final class NamedFacts {

  private NamedFacts() {}

  /**
   * The directory, where the option was given.
   *
   * @throws CommandFailure where it is none
   */
  public static Optional<Path> of(String option, Optional<Path> named) {
    named
        .filter(path -> !Files.isDirectory(path))
        .ifPresent(
            path -> {
              throw CommandFailure.usage(
                  "%s: expected a directory of *.facts files, found %s: %s"
                      .formatted(option, Files.exists(path) ? "a file" : "nothing", path));
            });
    return named;
  }
}
