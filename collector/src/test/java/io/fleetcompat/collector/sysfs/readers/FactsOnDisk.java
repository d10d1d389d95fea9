package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.HostReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;

/** Files of facts beside a tree on disk, and the host as the collector reads it with them. */
abstract class FactsOnDisk extends SysfsOnDisk {

  static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  Path facts;
  Duration maxAge = FactsDirectory.MAX_AGE;
  FactCatalogue catalogue = FactCatalogue.OPEN;

  /** One that knows the mode of ECC alone. */
  static final class OnlyEcc implements FactCatalogue {

    private static final String NAME = "nvidia.ecc_mode";

    @Override
    public SortedSet<String> names() {
      return new TreeSet<>(Set.of(NAME));
    }

    @Override
    public Optional<String> problem(String name, String value) {
      if (!name.equals(NAME)) {
        return Optional.of("expected " + NAME + ", found " + name);
      }
      return value.equals("enabled") ? Optional.empty() : Optional.of("expected enabled");
    }
  }

  @BeforeEach
  void factsDirectory() throws IOException {
    facts = Files.createDirectory(directory.resolve("facts.d"));
  }

  final void file(String name, String content, Duration age) throws IOException {
    Path file = Files.writeString(facts.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }

  final HostReading read() throws IOException {
    return read(DEADLINE);
  }

  final HostReading read(Duration deadline) throws IOException {
    return read(Bounds.DEFAULT, deadline);
  }

  final HostReading read(Bounds bounds, Duration deadline) throws IOException {
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), bounds, deadline),
            Optional.of("6.1.0"),
            Optional.of(new FactsDirectory(facts, maxAge, InstantSource.fixed(NOW), catalogue)))) {
      return reader.read();
    }
  }
}
