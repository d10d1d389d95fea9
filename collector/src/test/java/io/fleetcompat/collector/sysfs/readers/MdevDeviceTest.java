package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.only;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.MdevTypeLink;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mdev devices, by whatever way they are found (docs/rules.md 2). */
class MdevDeviceTest extends SysfsOnDisk {

  @Test
  void aDeviceReachedByTwoPathsIsOneEndpointWithItsTypeAndItsDynamicValues() {
    disk.parent(BDF)
        .file(TYPE + "/software_version", "1.2.0\n")
        .file(TYPE + "/dynamic_resources", "aggregator, fps,../../vendor,\n")
        .device(BDF, UUID, "i915-GVTg_V5_4")
        .file(NODE + "/" + UUID + "/intel_vgpu/aggregator", "2\n")
        .file(NODE + "/" + UUID + "/fps", "60\n")
        .file(NODE + "/" + UUID + "/version", "opaque\n");
    Endpoint device = only(disk, EndpointKind.MDEV_DEVICE);
    assertThat(device.name()).isEqualTo(EndpointName.device(UUID));
    assertThat(device.mdevType()).contains("i915-GVTg_V5_4");
    assertThat(device.own())
        .isEqualTo(texts(Map.of("intel_vgpu/aggregator", "2", "fps", "60", "version", "opaque")));
    assertThat(device.type().get("software_version")).isEqualTo(new Attribute.Text("1.2.0"));
    assertThat(device.pci().get("vendor")).isEqualTo(new Attribute.Text("0x8086"));
  }

  @Test
  void devicesAreFoundWithoutTheMdevBusAndParentsWithoutTheirClass() {
    String node = "devices/virtual/mtty/mtty";
    disk.file(node + "/mdev_supported_types/mtty-1/device_api", "vfio-pci\n")
        .link(node + "/" + UUID + "/mdev_type", "../mdev_supported_types/mtty-1");
    HostReading reading = read(disk);
    assertThat(reading.endpoints())
        .extracting(endpoint -> endpoint.name().toString())
        .containsExactly(UUID, "mtty/mtty-1");
    assertThat(reading.endpoints()).extracting(Endpoint::pci).containsOnly(Attributes.NONE);
  }

  @Test
  void aDanglingTypeLinkStillNamesTheType() {
    disk.parent(BDF).device(BDF, UUID, "gone");
    Endpoint device = only(disk, EndpointKind.MDEV_DEVICE);
    assertThat(device.mdevType()).contains("gone");
    assertThat(device.type())
        .isEqualTo(Attributes.of(Map.of("mdev_type", MdevTypeLink.NOTHING_THERE)));
    assertThat(read(disk).problems()).extracting(Problem::code).contains(ProblemCode.DANGLING_LINK);
  }

  @Test
  void aTypeLinkMayEndInASlash() {
    disk.parent(BDF)
        .file(NODE + "/mdev_supported_types/i915-GVTg_V5_4/software_version", "1.2\n")
        .directory(NODE + "/" + UUID)
        .verbatimLink(NODE + "/" + UUID + "/mdev_type", "../mdev_supported_types/i915-GVTg_V5_4//");
    Endpoint device = only(disk, EndpointKind.MDEV_DEVICE);
    assertThat(device.mdevType()).contains("i915-GVTg_V5_4");
    assertThat(device.type().get("software_version")).isEqualTo(new Attribute.Text("1.2"));
  }

  @Test
  void aTypeLinkThatIsAFileIsMalformed() throws IOException {
    String device = NODE + "/" + UUID + "/";
    disk.parent(BDF)
        .directory(device)
        .link("bus/mdev/devices/" + UUID, "../../../" + NODE + "/" + UUID)
        .file(device + "mdev_type", "mtty-1\n");
    Endpoint endpoint = read(disk).endpoints().getFirst();
    assertThat(endpoint.mdevType()).isEmpty();
    assertThat(endpoint.type().get("mdev_type")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void dynamicResourcesAreSearchedForWithinBounds() {
    String device = NODE + "/" + UUID + "/";
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      names.append("r%02d,".formatted(i));
      disk.file(device + "g%02d/r00".formatted(i), "1\n");
    }
    disk.parent(BDF)
        .file(TYPE + "/dynamic_resources", names + "\n")
        .device(BDF, UUID, "i915-GVTg_V5_4")
        .file(device + "r63", "63\n")
        .file(device + "r64", "64\n");
    Attributes own = only(disk, EndpointKind.MDEV_DEVICE).own();
    assertThat(own.get("r63")).isEqualTo(new Attribute.Text("63"));
    assertThat(own.get("r64")).isEqualTo(Attribute.ABSENT);
    assertThat(own.get("g63/r00")).isEqualTo(new Attribute.Text("1"));
    assertThat(own.get("g64/r00")).isEqualTo(Attribute.ABSENT);
    assertThat(read(disk).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_LARGE, ProblemCode.TOO_MANY_NODES);
  }
}
