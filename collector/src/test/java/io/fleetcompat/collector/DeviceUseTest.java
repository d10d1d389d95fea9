package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.proc.ProcessScan;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.VfioDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's devices, and who has them open. */
class DeviceUseTest {

  private static final String NODE = "devices/pci0000:3b/";
  private static final String MDEV = "882cc4da-dede-11e7-9180-078a62063ab1";

  @TempDir Path directory;
  private TreeOnDisk disk;

  @BeforeEach
  void host() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    function("0000:3b:00.4", "mlx5_vfio_pci", "26");
    function("0000:3b:00.5", "mlx5_vfio_pci", "27");
    function("0000:3b:00.6", "mlx5_core", "28");
    disk.directory(NODE + "0000:3b:00.5/vfio-dev/vfio7")
        .directory("kernel/iommu_groups/40")
        .directory(NODE + "0000:3b:00.0/" + MDEV)
        .link(NODE + "0000:3b:00.0/" + MDEV + "/iommu_group", "../../../../kernel/iommu_groups/40")
        .link("bus/mdev/devices/" + MDEV, "../../../" + NODE + "0000:3b:00.0/" + MDEV);
    link("1/ns/pid", "pid:[4026531836]");
    Files.createDirectories(directory.resolve("proc/1/fd"));
    Files.createDirectories(directory.resolve("proc/1/task/1"));
  }

  private void function(String name, String driver, String group) {
    disk.file(NODE + name + "/vendor", "0x15b3\n")
        .directory(NODE + "0000:3b:00.0")
        .directory("bus/pci/drivers/" + driver)
        .directory("kernel/iommu_groups/" + group)
        .link(NODE + name + "/physfn", "../0000:3b:00.0")
        .link(NODE + name + "/driver", "../../../bus/pci/drivers/" + driver)
        .link(NODE + name + "/iommu_group", "../../../kernel/iommu_groups/" + group)
        .link("bus/pci/devices/" + name, "../../../" + NODE + name);
  }

  private void link(String path, String target) throws IOException {
    Path link = directory.resolve("proc").resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private SortedMap<String, Boolean> uses() throws IOException {
    VfioDevices devices = new VfioDevices();
    SysfsTree tree = SysfsTree.open(disk.root(), Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
    try (HostReader reader =
        new HostReader(
            tree, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(devices))) {
      assertThat(reader.read().endpoints()).isNotEmpty();
    }
    List<SortedMap<String, Boolean>> heard = new ArrayList<>();
    new DeviceUse("host", devices, new ProcessScan(directory.resolve("proc"), () -> 0), heard::add)
        .look();
    return heard.getFirst();
  }

  @Test
  void whereAllIsSeenEveryDeviceOfVfioIsInUseOrFree() throws IOException {
    link("70/fd/9", "/dev/vfio/26");
    assertThat(uses()).isEqualTo(Map.of("0000:3b:00.4", true, "0000:3b:00.5", false, MDEV, false));
    link("71/fd/9", "/dev/vfio/devices/vfio7");
    link("71/fd/10", "/dev/vfio/40");
    assertThat(uses()).isEqualTo(Map.of("0000:3b:00.4", true, "0000:3b:00.5", true, MDEV, true));
  }

  @Test
  void aDeviceThatTheKernelNamesIsInUse() throws IOException {
    link("70/fd/9", "anon_inode:[vfio-device]");
    Files.createDirectories(directory.resolve("proc/70/fdinfo"));
    Files.writeString(
        directory.resolve("proc/70/fdinfo/9"),
        "vfio-device-syspath: /sys/" + NODE + "0000:3b:00.0/" + MDEV + "\n");
    assertThat(uses()).isEqualTo(Map.of("0000:3b:00.4", false, "0000:3b:00.5", false, MDEV, true));
  }

  @Test
  void whatWasNotSeenIsNotFree() throws IOException {
    link("70/fd/9", "/dev/vfio/26");
    Files.createDirectories(directory.resolve("proc/71"));
    assertThat(uses()).isEqualTo(Map.of("0000:3b:00.4", true));
  }

  @Test
  void aDeviceOfWhichNobodyKnowsHowItIsOpenedIsNotFree() throws IOException {
    Files.delete(disk.root().resolve(NODE + "0000:3b:00.4/iommu_group"));
    assertThat(uses()).doesNotContainKey("0000:3b:00.4").containsEntry("0000:3b:00.5", false);
  }
}
