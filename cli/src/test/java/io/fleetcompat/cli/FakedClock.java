package io.fleetcompat.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The wall clock of one process, by libfaketime. Monotonic time goes on as it does, as where a
 * clock is set. Where there is no libfaketime, tests are skipped.
 */
public final class FakedClock {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Path library;
  private final Path offset;

  private FakedClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /** A clock that is right. */
  public static FakedClock require(Path file) throws IOException {
    Optional<Path> found = library();
    assumeThat(found).as("libfaketime, which sets the clock of one process").isPresent();
    FakedClock clock = new FakedClock(found.get(), file);
    clock.set("+0");
    return clock;
  }

  private static Optional<Path> library() throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.find(LIBRARIES, 3, (path, _) -> path.endsWith(LIBRARY))) {
      return found.findFirst();
    }
  }

  /** The words that start a command with it. */
  public List<String> command() {
    List<String> command = new ArrayList<>(List.of("env"));
    environment().forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  /** The environment of a process with it. */
  public SortedMap<String, String> environment() {
    return new TreeMap<>(
        Map.of(
            "LD_PRELOAD",
            library.toString(),
            "FAKETIME_TIMESTAMP_FILE",
            offset.toString(),
            "FAKETIME_CACHE_DURATION",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            // Without this every timed wait of the JVM returns at once: each waiting thread spins.
            "FAKETIME_FORCE_MONOTONIC_FIX",
            "0"));
  }

  /** Sets it: {@code -2h}, {@code +0}; a second later all have read it. */
  public void set(String to) throws IOException {
    Files.writeString(offset, to + "\n");
  }
}
