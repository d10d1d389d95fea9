package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that has more than is read: what is beyond a bound is refused and named. */
class LargeHostTest {

  private static final String PARENT = "0000:3b:00.0";

  @TempDir Path directory;
  private TreeOnDisk disk;

  @BeforeEach
  void types() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys"))).parent(PARENT);
    for (int type = 0; type < 100; type++) {
      String node = "devices/pci0000:00/%s/mdev_supported_types/t%03d".formatted(PARENT, type);
      disk.file(node + "/name", "type " + type + "\n")
          .file(node + "/description", "d".repeat(1000) + type + "\n")
          .file(node + "/available_instances", "1\n");
    }
  }

  @Test
  void endpointsBeyondTheirBoundAreRefusedAndTheRestIsThere() throws IOException {
    HostReading reading = read(30, Long.MAX_VALUE);
    assertThat(reading.endpoints()).hasSize(30);
    assertThat(reading.extent().refused()).isEqualTo(70);
    assertThat(reading.extent().incomplete().get(PARENT))
        .contains("70 are beyond a bound", PARENT + "/t030");
    assertThat(reading.problems()).extracting(Problem::path).contains("", PARENT);
    assertThat(reading.extent().mayHide(EndpointName.type(PARENT, "t099"))).isPresent();
  }

  @Test
  void whatTakesTooMuchMemoryIsRefusedToo() throws IOException {
    HostReading reading = read(1000, 64 << 10);
    assertThat(reading.endpoints().size()).isBetween(20, 60);
    assertThat(reading.extent().refused()).isEqualTo(100 - reading.endpoints().size());
  }

  @Test
  void aHostWithinTheBoundsHidesNothing() throws IOException {
    HostReading reading = read(1000, Long.MAX_VALUE);
    assertThat(reading.endpoints()).hasSize(100);
    assertThat(reading.extent().mayHide(EndpointName.type(PARENT, "t100"))).isEmpty();
  }

  private HostReading read(int endpoints, long memory) throws IOException {
    Bounds bounds = new Bounds(32, 10_000, 10_000, endpoints, 10_000, 1 << 20, memory);
    SysfsTree tree = SysfsTree.open(disk.root(), bounds, SysfsTree.READ_DEADLINE);
    try (HostReader reader = new HostReader(tree, Optional.empty(), Optional.empty())) {
      return reader.read();
    }
  }
}
