package io.fleetcompat.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts whose attributes hold what no driver writes: whatever they hold, a look at the host ends
 * with a reading, and the reading is a document that readers accept.
 */
class MutatedSysfsTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20261127);
  private static final int LOOKS = Integer.getInteger("fuzz.looks", 150);
  private static final int HOSTS = 6;
  private static final int MOST_FILES = 5;

  @TempDir Path directory;

  @Test
  void everyTreeIsADocument() throws Exception {
    SimulatedFleet.open(directory, HOSTS, 1);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Path> hosts = children(directory);
    assertThat(hosts).hasSize(HOSTS);
    int problems = 0;
    for (int look = 0; look < LOOKS; look++) {
      Path sys = hosts.get(random.nextInt(HOSTS)).resolve("sys");
      List<Path> files = files(sys);
      List<byte[]> contents = new ArrayList<>();
      for (Path file : files) {
        contents.add(Files.readAllBytes(file));
      }
      Mutations mutations = new Mutations(random.nextLong(), contents);
      for (int changed = random.nextInt(1, MOST_FILES + 1); changed > 0; changed--) {
        Files.write(files.get(random.nextInt(files.size())), mutations.get());
      }
      problems += read(sys, look).problems().size();
    }
    assertThat(problems).as("what was wrong is told").isPositive();
  }

  private static HostReading read(Path sys, int look) throws IOException {
    try (HostReader reader = HostReader.of(sys)) {
      HostReading reading = reader.read();
      Codecs.HOST_INVENTORY.check(
          InventoryDocument.sent(
              InventoryDocument.of(reading, "a", new TreeMap<>(), Optional.empty()),
              new DocumentVersion(1, 1),
              Instant.EPOCH,
              "scan",
              List.of()));
      return reading;
    } catch (BadRecordException | RuntimeException e) {
      return fail("seed %d, look %d at %s", SEED, look, sys, e);
    }
  }

  private static List<Path> children(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.filter(each -> Files.isDirectory(each.resolve("sys"))).sorted().toList();
    }
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> all = Files.walk(of)) {
      return all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
          .filter(Files::isReadable)
          .filter(Files::isWritable)
          .sorted()
          .toList();
    }
  }
}
