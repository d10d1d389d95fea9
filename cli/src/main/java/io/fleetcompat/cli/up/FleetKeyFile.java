package io.fleetcompat.cli.up;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The fleet's key of {@code up}, in a file for those of its parts that read one. It is made once,
 * and is the same for as long as the process lives, also where the file is deleted meanwhile. Any
 * number of threads.
 */
final class FleetKeyFile {

  private final Path file;
  private Optional<FleetKey> key = Optional.empty(); // guarded by this

  FleetKeyFile(Path directory) {
    this.file = directory.resolve("fleet.key");
  }

  /**
   * The file; it is written where there is none.
   *
   * @throws IOException if it cannot be
   */
  synchronized Path path() throws IOException {
    if (!Files.exists(file)) {
      KeyFile.write(file, key.orElseGet(() -> FleetKey.random(new SecureRandom())));
    }
    if (key.isEmpty()) {
      key = Optional.of(KeyFile.fleet(file));
    }
    return file;
  }

  /**
   * The key.
   *
   * @throws IOException if it cannot be written
   */
  synchronized FleetKey key() throws IOException {
    Path _ = path();
    return key.orElseThrow();
  }
}
