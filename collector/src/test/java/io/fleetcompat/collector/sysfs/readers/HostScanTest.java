package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A look at a whole host, and the bounds of it. */
class HostScanTest extends SysfsOnDisk {

  @Test
  void aDeepTreeIsCutOffAndTheRestRead() {
    disk.parent(BDF)
        .file(TYPE + "/device_api", "vfio-pci\n")
        .directory("devices" + "/d".repeat(50));
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).hasSize(1);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.TOO_DEEP);
  }

  @Test
  void tooManyNodesAreRefusedAndTheRestRead() throws IOException {
    disk.parent(BDF).file(TYPE + "/device_api", "vfio-pci\n");
    for (int i = 0; i < 200; i++) {
      disk.directory("devices/many/%03d".formatted(i));
    }
    HostReading reading = read(disk, new Bounds(32, 50, 1000, 1000, 100_000));
    assertThat(reading.endpoints()).hasSize(1);
    assertThat(reading.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_MANY_NODES);
  }

  @Test
  void anEndpointBeyondTheBoundsIsRefusedAsAWhole() throws IOException {
    disk.parent(BDF);
    for (int i = 0; i < 10; i++) {
      String type = NODE + "/mdev_supported_types/type-" + i;
      disk.file(type + "/software_version", "1." + i + ".0\n")
          .file(type + "/device_api", "vfio-pci\n");
    }
    HostReading reading = read(disk, new Bounds(32, 1000, 1000, 13, 100_000));
    assertThat(reading.endpoints()).hasSize(5).allMatch(e -> e.own().byPath().size() == 2);
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("", ProblemCode.TOO_LARGE),
            org.assertj.core.groups.Tuple.tuple(BDF, ProblemCode.TOO_LARGE));
  }

  @Test
  void twoReadingsOfAnUnchangedTreeAreEqual() {
    disk.parent(BDF).file(TYPE + "/device_api", "vfio-pci\n").device(BDF, UUID, "i915-GVTg_V5_4");
    assertThat(read(disk)).isEqualTo(read(disk));
  }

  @Test
  void anEmptyRootIsAnEmptyHost() {
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }
}
