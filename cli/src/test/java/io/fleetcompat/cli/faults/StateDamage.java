package io.fleetcompat.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways in which the files of an indexer's stores are damaged while it does not run. */
enum StateDamage {
  /** A bit of the first block of each SST, which holds keys and values. */
  FLIPPED_SST(".+\\.sst") {
    @Override
    void strike(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      bytes[20] ^= 0x10;
      Files.write(file, bytes);
    }
  },
  DELETED_SST(".+\\.sst") {
    @Override
    void strike(Path file) throws IOException {
      Files.delete(file);
    }
  },
  EMPTIED_CURRENT("CURRENT") {
    @Override
    void strike(Path file) throws IOException {
      Files.write(file, new byte[0]);
    }
  };

  private final String files;

  StateDamage(String files) {
    this.files = files;
  }

  abstract void strike(Path file) throws IOException;

  /** Damages all such files in the state directory of a process, in that way. */
  static void strike(Stage stage, Step step) throws IOException {
    StateDamage damage = valueOf(step.word(1).replace('-', '_').toUpperCase(Locale.ROOT));
    List<Path> found = damage.files(stage.state(step.word(0)));
    if (found.isEmpty()) {
      throw new AssertionError("expected files " + damage.files + ", found none");
    }
    for (Path file : found) {
      damage.strike(file);
    }
  }

  private List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> !file.startsWith(directory.resolve("damaged")))
          .filter(file -> String.valueOf(file.getFileName()).matches(files))
          .toList();
    }
  }
}
