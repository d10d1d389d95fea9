package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.MdevTypeList;
import io.fleetcompat.inventory.ProblemCode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The types of mdev parents, with their attributes and numbers (docs/rules.md 2). */
class MdevTypesTest extends SysfsOnDisk {

  @Test
  void aTypeHasItsAttributesItsParentsIdsAndItsCapacity() {
    disk.parent(BDF)
        .file(TYPE + "/name", "GVTg_V5_4\n")
        .file(TYPE + "/description", "two\nlines\n")
        .file(TYPE + "/device_api", "vfio-pci\n")
        .file(TYPE + "/available_instances", "4\n")
        .file(TYPE + "/software_version", "1.2.0\n")
        .file(TYPE + "/compatible_pci_ids", "591d\n")
        .file(TYPE + "/create", "")
        .mode(TYPE + "/create", "0200")
        .link(NODE + "/driver", "../../../bus/pci/drivers/i915")
        .link("bus/pci/drivers/i915/module", "../../../../module/i915")
        .file("module/i915/version", "1.6.0\n")
        .file("module/i915/srcversion", "ABCDEF\n");
    HostReading reading = read(disk);
    assertThat(reading.endpoints())
        .containsExactly(
            new Endpoint(
                EndpointName.type(BDF, "i915-GVTg_V5_4"),
                EndpointKind.MDEV_TYPE,
                Optional.of("i915-GVTg_V5_4"),
                texts(
                    Map.of(
                        "name", "GVTg_V5_4",
                        "description", "two\nlines",
                        "device_api", "vfio-pci",
                        "software_version", "1.2.0",
                        "compatible_pci_ids", "591d")),
                Attributes.NONE,
                texts(Map.of("vendor", "0x8086", "device", "0x591d", "driver", "i915"))));
    assertThat(reading.capacity()).isEqualTo(Map.of(EndpointName.type(BDF, "i915-GVTg_V5_4"), 4));
    assertThat(reading.drivers())
        .containsExactly(new Driver("i915", Optional.of("1.6.0"), Optional.of("ABCDEF")));
    assertThat(reading.functions()).containsExactly(BDF);
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aBadNumberOfInstancesIsReportedAndLeftOut() {
    disk.parent(BDF)
        .file(TYPE + "/available_instances", "many\n")
        .file(TYPE + "/description", new byte[] {(byte) 0xff});
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).hasSize(1);
    assertThat(reading.capacity()).isEmpty();
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                TYPE + "/available_instances", ProblemCode.MALFORMED),
            org.assertj.core.groups.Tuple.tuple(TYPE + "/description", ProblemCode.MALFORMED));
  }

  @Test
  void anAttributeWhoseNameIsNotUtf8IsMalformedNotAbsent() throws Exception {
    disk.parent(BDF)
        .file(TYPE + "/software_version", "1.2.0\n")
        .file(TYPE + "/migration/self/a", "1\n");
    String script = "printf x >\"$0/compatible_$(printf '\\377')\"; cd \"$0/migration/self\"";
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                script + "; printf x >\"$(printf '\\377')\"",
                disk.root().resolve(TYPE).toString())
            .inheritIO()
            .start();
    assertThat(shell.waitFor()).isZero();
    Attributes own = read(disk).endpoints().getFirst().own();
    assertThat(own.get("compatible_\uFFFD")).isInstanceOf(Attribute.Malformed.class);
    assertThat(own.get("migration/self/\uFFFD")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void aListWithoutTypesIsAProblemThatNamesItsParent() {
    disk.parent(BDF).directory(NODE + "/mdev_supported_types");
    HostReading reading = read(disk);
    assertThat(reading.endpoints()).isEmpty();
    assertThat(reading.problems())
        .containsExactly(
            new Problem(NODE + "/mdev_supported_types", ProblemCode.MALFORMED, MdevTypeList.EMPTY));
    assertThat(reading.extent()).isEqualTo(Extent.WHOLE);
  }

  @Test
  void whatTheKernelListsAndNobodyCanLookAtIsUnknown() {
    disk.directory("devices")
        .link("class/mdev_bus/" + BDF, "../../" + NODE)
        .link("bus/mdev/devices/" + UUID, "../../../" + NODE + "/" + UUID);
    Extent extent = read(disk).extent();
    assertThat(extent.incomplete()).containsOnlyKeys(BDF, UUID);
    assertThat(extent.mayHide(EndpointName.type(BDF, "i915-a"))).isPresent();
    assertThat(extent.mayHide(EndpointName.device(UUID))).isPresent();
    assertThat(extent.mayHide(EndpointName.device(BDF.replace('2', '3')))).isEmpty();
    assertThat(extent.mayHideAny().orElseThrow())
        .startsWith(BDF + ": class/mdev_bus/" + BDF + " leads to no directory");
  }

  @Test
  void whatIsFoundAnotherWayIsNotLost() {
    disk.file(TYPE + "/available_instances", "1\n")
        .file(NODE + "/" + UUID + "/uevent", "")
        .link(NODE + "/" + UUID + "/mdev_type", "../mdev_supported_types/i915-GVTg_V5_4")
        .link("class/mdev_bus/" + BDF, "/sys/" + NODE)
        .link("bus/mdev/devices/" + UUID, "/sys/" + NODE + "/" + UUID);
    HostReading reading = read(disk);
    assertThat(reading.endpoints())
        .extracting(endpoint -> endpoint.name().toString())
        .contains(BDF + "/i915-GVTg_V5_4", UUID);
    assertThat(reading.extent()).isEqualTo(Extent.WHOLE);
  }

  @Test
  void aListThatIsNoDirectoryIsUnknown() {
    disk.parent(BDF).link(NODE + "/mdev_supported_types", "../../../../../elsewhere");
    assertThat(read(disk).extent().mayHide(EndpointName.type(BDF, "i915-a"))).isPresent();
  }
}
