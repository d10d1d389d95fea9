package io.fleetcompat.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The room on the disk of a directory, and how much of it a part wants before it is started.
 *
 * @param wanted in bytes
 */
public record DiskRoom(Path directory, long wanted) {

  /** The room that a part wants: enough to start, and not to fill the disk again at once. */
  public static final long WANTED_BYTES = 32L << 20;

  private static final int MEBIBYTE = 20;

  /** The missing room, in words; empty where there is enough. */
  public Optional<String> lack() {
    try {
      long found = found();
      return found >= wanted
          ? Optional.empty()
          : Optional.of(
              "expected %d MiB free for %s, found %d MiB"
                  .formatted(wanted >> MEBIBYTE, directory, found >> MEBIBYTE));
    } catch (IOException e) {
      return Optional.of("expected room for %s, found %s".formatted(directory, e));
    }
  }

  private long found() throws IOException {
    Files.createDirectories(directory);
    return Files.getFileStore(directory).getUsableSpace();
  }
}
