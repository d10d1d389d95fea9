package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.KeyFile;
import io.fleetcompat.keys.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say of which fleet a host's key is made, and where it is written. */
final class KeyOutput {

  @Option(
      names = "--fleet-key",
      paramLabel = "FILE",
      required = true,
      description = "The fleet's key, which 'keys init' made.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Write each host's key to HOST.key in this directory; bring it to the host.")
  private Path directory;

  private Optional<FleetKey> fleet = Optional.empty();

  private KeyOutput() {}

  /** Reads the fleet's key, and makes the directory. */
  void prepare() {
    FleetKey _ = fleet();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected a directory for keys at %s: %s".formatted(directory, CommandFailure.why(e)));
    }
  }

  /** Writes a host's key; gives the file. */
  Path write(String host, int generation) {
    Path path = KeyFiles.in(directory, host);
    try {
      KeyFile.write(path, fleet().host(host, generation));
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the key of %s could not be written: %s".formatted(host, CommandFailure.why(e)));
    }
    return path;
  }

  private FleetKey fleet() {
    if (fleet.isEmpty()) {
      try {
        fleet = Optional.of(KeyFile.fleet(file));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--fleet-key: " + e.getMessage());
      }
    }
    return fleet.get();
  }
}
