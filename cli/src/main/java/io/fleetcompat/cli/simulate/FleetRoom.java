package io.fleetcompat.cli.simulate;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.simulation.FleetMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory into which a fleet may be written: none yet, an empty one, or that of a fleet. */
final class FleetRoom {

  private static final String SYS = "sys";

  /** The directory that a file system of its own has. */
  private static final String LOST_AND_FOUND = "lost+found";

  private FleetRoom() {}

  /**
   * Refuses any other directory: somebody has mistaken it, and would get hosts among its files.
   *
   * @throws CommandFailure naming something in it that is no host
   */
  static void require(Path directory) throws IOException {
    if (!Files.isDirectory(directory) || Files.exists(directory.resolve(FleetMarker.FILE))) {
      return;
    }
    List<Path> entries = entries(directory);
    Optional<Path> stranger = entries.stream().filter(entry -> !isHost(entry)).findFirst();
    if (stranger.isPresent()) {
      throw CommandFailure.usage(
          "expected a directory that is missing, empty or a fleet (DIR/HOST/sys), found %s in %s:"
                  .formatted(stranger.get().getFileName(), directory)
              + " choose another, or say --force");
    }
  }

  private static boolean isHost(Path entry) {
    return Files.isDirectory(entry.resolve(SYS));
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> !entry.endsWith(LOST_AND_FOUND)).sorted().toList();
    }
  }
}
