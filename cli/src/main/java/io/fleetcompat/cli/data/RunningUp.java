package io.fleetcompat.cli.data;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An {@code up} that runs, as another process of this machine sees it.
 *
 * @param simulatedFleet the directory of its simulated fleet, if it has one
 * @param api the address of its API
 */
public record RunningUp(Path simulatedFleet, String api) {

  /** Longest address. */
  private static final int MAX_BYTES = 1024;

  /**
   * The one that uses a data directory.
   *
   * @throws CommandFailure where there is none
   */
  public static RunningUp in(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      if (!isInUse(path.resolve(DataDirectory.LOCK))) {
        throw none(path);
      }
      return new RunningUp(DataDirectory.simulatedFleet(path), address(path));
    } catch (IOException e) {
      throw none(path);
    }
  }

  private static CommandFailure none(Path path) {
    return CommandFailure.failed(
        "expected a running 'fleetcompat up --simulate' with the data directory %s, found none: say"
                .formatted(path)
            + " where it is with --data-dir");
  }

  private static boolean isInUse(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = DataDirectory.tryLock(channel)) {
      return lock == null;
    }
  }

  private static String address(Path directory) throws IOException {
    try (InputStream file = Files.newInputStream(directory.resolve(DataDirectory.ADDRESS))) {
      return new String(file.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
    }
  }
}
