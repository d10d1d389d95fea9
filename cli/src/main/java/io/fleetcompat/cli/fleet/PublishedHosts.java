package io.fleetcompat.cli.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names of the hosts that were published, on disk, one a line: so that a host whose folder
 * vanishes while nobody looks is taken back at the next start.
 *
 * @param file where they are; need not exist
 */
record PublishedHosts(Path file) {

  SortedSet<String> read() throws IOException {
    return Files.exists(file)
        ? new TreeSet<>(Files.readAllLines(file, StandardCharsets.UTF_8))
        : new TreeSet<>();
  }

  /** Written beside it and renamed over it: there is always a whole one. */
  void write(SortedSet<String> names) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(fresh, names, StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
