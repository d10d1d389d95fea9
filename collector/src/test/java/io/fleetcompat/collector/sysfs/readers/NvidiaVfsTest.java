package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The types and devices of NVIDIA VFs (docs/rules.md 2). */
class NvidiaVfsTest extends SysfsOnDisk {

  @Test
  void typesGoByTheirNamesAndAFunctionSaysWhichItRuns() {
    String vf = "devices/pci0000:00/0000:3d:00.4";
    disk.parent("0000:3d:00.4")
        .file(vf + "/nvidia/creatable_vgpu_types", "ID    : vGPU Name\n1145  : NVIDIA L40S-1B\n")
        .file(vf + "/nvidia/current_vgpu_type", "1145\n");
    HostReading reading = read(disk);
    EndpointName type = EndpointName.type("0000:3d:00.4", "NVIDIA L40S-1B");
    assertThat(type.toString()).isEqualTo("0000:3d:00.4/NVIDIA%20L40S-1B");
    assertThat(reading.endpoints())
        .extracting(Endpoint::name)
        .containsExactly(EndpointName.device("0000:3d:00.4"), type);
    assertThat(reading.endpoints().getFirst().kind()).isEqualTo(EndpointKind.PCI_FUNCTION);
    assertThat(reading.endpoints().getFirst().own().get("nvidia/vgpu_name"))
        .isEqualTo(new Attribute.Text("NVIDIA L40S-1B"));
    assertThat(reading.functions()).isEmpty();
    assertThat(reading.capacity()).isEqualTo(Map.of(type, 1));
  }

  @Test
  void aHeaderIsNotNeededAndRowsThatAreNoneAreReported() {
    disk.parent("0000:3d:00.4")
        .file(
            "devices/pci0000:00/0000:3d:00.4/nvidia/creatable_vgpu_types",
            "1145  : NVIDIA L40S-1B\nnonsense\n");
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).hasSize(1);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.MALFORMED);
  }

  @Test
  void anEndpointThatGrowsBeyondTheBoundsIsRefusedAsAWhole() throws IOException {
    String vf = "devices/pci0000:00/0000:3d:00.4";
    disk.parent("0000:3d:00.4")
        .directory(vf + "/physfn")
        .file(vf + "/nvidia/creatable_vgpu_types", "1145  : NVIDIA L40S-1B\n")
        .file(vf + "/nvidia/current_vgpu_type", "1145\n");
    assertThat(read(disk, new Bounds(32, 1000, 1000, 6, 100_000)).endpoints())
        .filteredOn(endpoint -> endpoint.kind() == EndpointKind.PCI_FUNCTION)
        .singleElement()
        .satisfies(
            endpoint ->
                assertThat(endpoint.own().get("nvidia/vgpu_name"))
                    .isEqualTo(new Attribute.Text("NVIDIA L40S-1B")));
    HostReading reading = read(disk, new Bounds(32, 1000, 1000, 5, 100_000));
    assertThat(reading.endpoints())
        .extracting(Endpoint::kind)
        .containsExactly(EndpointKind.NVIDIA_TYPE);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.TOO_LARGE);
  }

  private static final Attribute SEVERAL_NAMES =
      new Attribute.Malformed(
          "expected one name of the type, found several for its number in the lists of the card");

  @Test
  void aNumberThatAListNamesTwiceHasNoName() {
    String vf = "devices/pci0000:00/0000:3d:00.4";
    disk.parent("0000:3d:00.4")
        .file(
            vf + "/nvidia/creatable_vgpu_types",
            "1145 : NVIDIA L40S-1B\n1146 : NVIDIA L40S-2B\n01145 : NVIDIA L40S-1Q\n")
        .file(vf + "/nvidia/current_vgpu_type", "1145\n");
    HostReading reading = read(disk);
    assertThat(reading.endpoints())
        .extracting(Endpoint::name)
        .containsExactly(
            EndpointName.device("0000:3d:00.4"),
            EndpointName.type("0000:3d:00.4", "NVIDIA L40S-2B"));
    assertThat(reading.endpoints().getFirst().own().get("nvidia/vgpu_name"))
        .isEqualTo(SEVERAL_NAMES);
    assertThat(reading.extent().mayHide(EndpointName.type("0000:3d:00.4", "NVIDIA L40S-1Q")))
        .isPresent();
    assertThat(reading.problems())
        .extracting(Problem::detail)
        .containsExactly("expected one name of type 1145 in the lists of a card, found several");
  }

  @Test
  void aNumberThatASiblingNamesOtherwiseHasNoName() {
    String bus = "devices/pci0000:00/";
    disk.parent("0000:3d:00.0");
    for (String vf : List.of("0000:3d:00.4", "0000:3d:00.5", "0000:3d:00.6")) {
      disk.parent(vf)
          .file(bus + vf + "/vendor", "0x10de\n")
          .file(bus + vf + "/nvidia/current_vgpu_type", "1145\n")
          .link(bus + vf + "/physfn", "../0000:3d:00.0");
    }
    String list = "/nvidia/creatable_vgpu_types";
    disk.file(bus + "0000:3d:00.4" + list, "1145 : NVIDIA L40S-1B\n")
        .file(bus + "0000:3d:00.5" + list, "1145 : NVIDIA L40S-1Q\n")
        .file(bus + "0000:3d:00.6" + list, "ID : vGPU Name\n");
    HostReading reading = read(disk);
    assertThat(reading.endpoints())
        .hasSize(3)
        .extracting(endpoint -> endpoint.own().get("nvidia/vgpu_name"))
        .containsOnly(SEVERAL_NAMES);
    assertThat(reading.problems()).hasSize(3);
  }
}
