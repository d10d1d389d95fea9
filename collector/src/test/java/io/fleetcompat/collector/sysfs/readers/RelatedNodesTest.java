package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.only;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The nodes that an endpoint depends on beside its own, on trees in the shape of real hosts. */
class RelatedNodesTest extends SysfsOnDisk {

  private static final String AP_UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String QAT = "devices/pci0000:f3/0000:f3:00.";
  private static final String MATRIX = "devices/vfio_ap/matrix";

  /** A function as the kernel shows one. */
  private static TreeOnDisk function(
      TreeOnDisk disk, String node, String vendor, String device, String revision, String driver) {
    String bdf = node.substring(node.lastIndexOf('/') + 1);
    return disk.file(node + "/vendor", vendor + "\n")
        .file(node + "/device", device + "\n")
        .file(node + "/subsystem_vendor", vendor + "\n")
        .file(node + "/subsystem_device", "0x0001\n")
        .file(node + "/revision", revision + "\n")
        .file(node + "/class", "0x0b4000\n")
        .link("bus/pci/devices/" + bdf, "../../../" + node)
        .directory("bus/pci/drivers/" + driver)
        .link(node + "/driver", "../../../bus/pci/drivers/" + driver);
  }

  private void qat(String services) {
    function(disk, QAT + "0", "0x8086", "0x4940", "0x40", "4xxx")
        .file(QAT + "0/qat/cfg_services", services + "\n")
        .file(QAT + "0/qat/num_rps", "64\n")
        .file(QAT + "0/qat/rp2srv", "never read\n")
        .link("bus/pci/drivers/4xxx/module", "../../../../module/qat_4xxx")
        .file("module/qat_4xxx/version", "0.6.0\n");
    function(disk, QAT + "1", "0x8086", "0x4941", "0x40", "qat_vfio_pci")
        .link(QAT + "1/physfn", "../0000:f3:00.0");
  }

  @Test
  void aQatVfHasTheServicesOfItsPhysicalFunction() {
    qat("asym;sym");
    HostReading reading = read(disk);
    Endpoint vf = reading.endpoints().getFirst();
    assertThat(vf.related().physfn())
        .isEqualTo(
            texts(
                Map.of(
                    "vendor", "0x8086",
                    "device", "0x4940",
                    "subsystem_vendor", "0x8086",
                    "subsystem_device", "0x0001",
                    "revision", "0x40",
                    "class", "0x0b4000",
                    "driver", "4xxx",
                    "qat/cfg_services", "asym;sym",
                    "qat/num_rps", "64")));
    assertThat(vf.pci().get("revision")).isEqualTo(new Attribute.Text("0x40"));
    assertThat(vf.pci()).isEqualTo(vf.own());
    assertThat(reading.drivers()).extracting(Driver::name).containsExactly("4xxx", "qat_vfio_pci");
    assertThat(reading.drivers().getFirst().version()).hasValue("0.6.0");
  }

  @Test
  void aPhysicalFunctionThatCannotBeLookedAtMayHaveAnything() {
    function(disk, QAT + "1", "0x8086", "0x4941", "0x40", "qat_vfio_pci")
        .verbatimLink(QAT + "1/physfn", "/sys/devices/elsewhere");
    Attributes physfn = read(disk).endpoints().getFirst().related().physfn();
    Attribute outside = new Attribute.Unreadable("EXDEV");
    assertThat(physfn.get("qat/cfg_services")).isEqualTo(outside);
    assertThat(physfn.get("device")).isEqualTo(outside);
    assertThat(physfn.get("infiniband/link_layer")).isEqualTo(outside);
  }

  @Test
  void theRdmaDeviceOfAPhysicalFunctionIsKeptWithoutItsName() {
    rdma("mlx5_0", "22.35.1012");
    assertThat(physfn())
        .containsEntry("infiniband/fw_ver", new Attribute.Text("22.35.1012"))
        .containsEntry("infiniband/board_id", new Attribute.Text("MT_0000000359"))
        .containsEntry("infiniband/link_layer", new Attribute.Text("Ethernet"));
  }

  @Test
  void ofSeveralRdmaDevicesNoneIsBelieved() {
    rdma("mlx5_0", "22.35.1012");
    rdma("mlx5_1", "22.36.1010");
    assertThat(physfn().get("infiniband/fw_ver"))
        .isEqualTo(
            new Attribute.Malformed("expected one RDMA device of the function, found several"));
  }

  @Test
  void aVfOfNvidiasVendorVfioIsKnownAsOneBeforeItRunsAType() {
    String pf = "devices/pci0000:3d/0000:3d:00.0";
    String vf = "devices/pci0000:3d/0000:3d:00.4";
    function(disk, pf, "0x10de", "0x26b9", "0xa1", "nvidia");
    function(disk, vf, "0x10de", "0x26b9", "0xa1", "nvidia")
        .link(vf + "/physfn", "../0000:3d:00.0")
        .file(vf + "/nvidia/current_vgpu_type", "0\n");
    Endpoint endpoint = only(disk, EndpointKind.PCI_FUNCTION);
    assertThat(endpoint.own().get("nvidia")).isEqualTo(Attribute.DIRECTORY);
    assertThat(endpoint.pci().get("nvidia")).isEqualTo(Attribute.ABSENT);
  }

  private void rdma(String device, String firmware) {
    String node = "devices/pci0000:06/0000:06:00.0/infiniband/" + device;
    disk.file(node + "/fw_ver", firmware + "\n")
        .file(node + "/board_id", "MT_0000000359\n")
        .file(node + "/ports/1/link_layer", "Ethernet\n");
  }

  private Map<String, Attribute> physfn() {
    String pf = "devices/pci0000:06/0000:06:00.0";
    String vf = "devices/pci0000:06/0000:06:00.2";
    function(disk, pf, "0x15b3", "0x101d", "0x00", "mlx5_core");
    function(disk, vf, "0x15b3", "0x101e", "0x00", "mlx5_vfio_pci")
        .link(vf + "/physfn", "../0000:06:00.0");
    return read(disk).endpoints().getFirst().related().physfn().byPath();
  }

  /** Bookkeeping of SR-IOV and devlink beside the functions, as xe's driver has it. */
  @Test
  void anXeVfIsReadAmongStrangeEntries() {
    String pf = "devices/pci0000:00/0000:00:02.0";
    String vf = "devices/pci0000:00/0000:00:02.1";
    String link = "devices/virtual/devlink/pci:0000:00:02.0--pci:0000:00:02.1";
    function(disk, pf, "0x8086", "0x7d51", "0x03", "xe")
        .file(pf + "/sriov_numvfs", "2\n")
        .file(pf + "/sriov_vf_device", "7d51\n")
        .directory(pf + "/tile0/gt0")
        .file(pf + "/sriov_admin/pf/profile/exec_quantum_ms", "64\n")
        .file(link + "/status", "active\n")
        .link(pf + "/consumer:pci:0000:00:02.1", "../../virtual/devlink/" + link.substring(24))
        .link(pf + "/virtfn0", "../0000:00:02.1");
    function(disk, vf, "0x8086", "0x7d51", "0x03", "xe-vfio-pci")
        .link(vf + "/physfn", "../0000:00:02.0")
        .link(vf + "/supplier:pci:0000:00:02.0", "../../virtual/devlink/" + link.substring(24));
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).hasSize(1);
    Endpoint endpoint = reading.endpoints().getFirst();
    assertThat(endpoint.pci().get("driver")).isEqualTo(new Attribute.Text("xe-vfio-pci"));
    assertThat(endpoint.related().physfn().get("driver")).isEqualTo(new Attribute.Text("xe"));
    assertThat(reading.problems()).isEmpty();
  }

  private void ap(String matrix) {
    String type = MATRIX + "/mdev_supported_types/vfio_ap-passthrough";
    disk.file(MATRIX + "/features", "guest_matrix dyn ap_config migratable\n")
        .file(type + "/name", "VFIO AP Passthrough Device\n")
        .file(type + "/device_api", "vfio-ap\n")
        .link("class/mdev_bus/matrix", "../../" + MATRIX)
        .file(MATRIX + "/" + AP_UUID + "/matrix", matrix)
        .file(MATRIX + "/" + AP_UUID + "/control_domains", "00ab\n")
        .file(MATRIX + "/" + AP_UUID + "/migratable", "1\n")
        .link(MATRIX + "/" + AP_UUID + "/mdev_type", "../mdev_supported_types/vfio_ap-passthrough")
        .link("bus/mdev/devices/" + AP_UUID, "../../../" + MATRIX + "/" + AP_UUID);
  }

  @Test
  void aVfioApDeviceHasItsMatrixAndItsParentsFeatures() {
    ap("05.00ab\n06.00ab\n");
    Endpoint device = only(disk, EndpointKind.MDEV_DEVICE);
    assertThat(device.own())
        .isEqualTo(
            texts(
                Map.of(
                    "matrix", "05.00ab\n06.00ab",
                    "control_domains", "00ab",
                    "migratable", "1")));
    Attributes parent =
        texts(Map.of("features", "guest_matrix dyn ap_config migratable", "driver", "vfio_ap"));
    assertThat(device.related().parent()).isEqualTo(parent);
    assertThat(only(disk, EndpointKind.MDEV_TYPE).related().parent()).isEqualTo(parent);
    assertThat(device.pci()).isEqualTo(Attributes.NONE);
  }

  @Test
  void aMatrixThatFillsItsPageIsNotBelieved() {
    ap("05.00ab\n".repeat(511) + "06.00ab");
    assertThat(only(disk, EndpointKind.MDEV_DEVICE).own().get("matrix"))
        .isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void theDriversLinkOfAParentCountsBeforeTheIdsOfItsTypes() {
    ap("");
    disk.link(MATRIX + "/driver", "../../../bus/matrix/drivers/other")
        .link("bus/matrix/drivers/other/module", "../../../../module/other")
        .file("module/other/version", "7\n");
    Endpoint device = only(disk, EndpointKind.MDEV_DEVICE);
    assertThat(device.related().parent().get("driver")).isEqualTo(new Attribute.Text("other"));
    assertThat(read(disk).drivers()).extracting(Driver::name).containsExactly("other");
  }

  @Test
  void aParentWithoutADriverIsKnownByTheIdsOfItsTypes() {
    String node = "devices/virtual/mtty/mtty";
    disk.file(node + "/mdev_supported_types/mtty-1/device_api", "vfio-pci\n")
        .file("module/mtty/version", "1\n");
    HostReading reading = read(disk);
    assertThat(reading.endpoints().getFirst().related().parent())
        .isEqualTo(texts(Map.of("driver", "mtty")));
    assertThat(reading.endpointsInContext().getFirst().driver().orElseThrow().version())
        .hasValue("1");
  }

  @Test
  void withoutVfiosDebugfsNothingIsSaidOfADevice() {
    qat("sym");
    assertThat(debugfs()).isEmpty();
  }

  @Test
  void vfiosDebugfsSaysWhetherADeviceCanMigrateAndItsStateIsNotRead() {
    qat("sym");
    disk.file("kernel/debug/vfio/0000:f3:00.1/migration/features", "stop-copy\np2p\npre-copy\n")
        .fifo("kernel/debug/vfio/0000:f3:00.1/migration/state");
    assertThat(debugfs())
        .isEqualTo(
            Map.of(
                "vfio_debugfs", Attribute.DIRECTORY,
                "vfio_debugfs/migration", Attribute.DIRECTORY,
                "vfio_debugfs/migration/features", new Attribute.Text("stop-copy\np2p\npre-copy")));
  }

  @Test
  void aDirectoryWithoutMigrationIsThatAndNoDirectoryIsNoStatement() {
    qat("sym");
    disk.directory("kernel/debug/vfio/0000:f3:00.1");
    assertThat(debugfs()).isEqualTo(Map.of("vfio_debugfs", Attribute.DIRECTORY));
  }

  @Test
  void aVfioDeviceThatDebugfsDoesNotListIsNotKnownToMigrate() {
    qat("sym");
    disk.directory("kernel/debug/vfio/0000:aa:00.1");
    assertThat(debugfs().get("vfio_debugfs")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void filesWhereDebugfsHasDirectoriesAreMalformed() {
    qat("sym");
    disk.file("kernel/debug/vfio/0000:f3:00.1/migration", "x\n");
    assertThat(debugfs().get("vfio_debugfs/migration")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void aDebugfsThatMayNotBeLookedIntoIsReportedOnce() {
    qat("sym");
    function(disk, QAT + "2", "0x8086", "0x4941", "0x40", "qat_vfio_pci");
    // A link out of the root stands for a debugfs that only root may see: tests run as root.
    disk.directory("kernel/debug").verbatimLink("kernel/debug/vfio", "/elsewhere");
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).hasSize(2);
    assertThat(reading.endpoints())
        .allMatch(endpoint -> endpoint.own().get("vfio_debugfs").equals(Attribute.ABSENT));
    assertThat(reading.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.OUTSIDE_ROOT);
  }

  private Map<String, Attribute> debugfs() {
    Map<String, Attribute> said =
        new TreeMap<>(only(disk, EndpointKind.PCI_FUNCTION).own().byPath());
    said.keySet()
        .retainAll(
            List.of("vfio_debugfs", "vfio_debugfs/migration", "vfio_debugfs/migration/features"));
    return said;
  }
}
