package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.MdevTypeLink;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings of the reader in real trees, and their places (docs/rules.md 2). */
class HostReaderTest {

  private static final String BDF = "0000:00:02.0";
  private static final String UUID = "882cc4da-dede-11e7-9180-078a62063ab1";
  private static final String NODE = "devices/pci0000:00/" + BDF;
  private static final String TYPE = NODE + "/mdev_supported_types/i915-GVTg_V5_4";

  @TempDir Path directory;
  private TreeOnDisk disk;

  @BeforeEach
  void root() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
  }

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
    HostReading reading = read();
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
  void aDeviceReachedByTwoPathsIsOneEndpointWithItsTypeAndItsDynamicValues() {
    disk.parent(BDF)
        .file(TYPE + "/software_version", "1.2.0\n")
        .file(TYPE + "/dynamic_resources", "aggregator, fps,../../vendor,\n")
        .device(BDF, UUID, "i915-GVTg_V5_4")
        .file(NODE + "/" + UUID + "/intel_vgpu/aggregator", "2\n")
        .file(NODE + "/" + UUID + "/fps", "60\n")
        .file(NODE + "/" + UUID + "/version", "opaque\n");
    Endpoint device = only(EndpointKind.MDEV_DEVICE);
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
    HostReading reading = read();
    assertThat(reading.endpoints())
        .extracting(endpoint -> endpoint.name().toString())
        .containsExactly(UUID, "mtty/mtty-1");
    assertThat(reading.endpoints()).extracting(Endpoint::pci).containsOnly(Attributes.NONE);
  }

  @Test
  void aDanglingTypeLinkStillNamesTheType() {
    disk.parent(BDF).device(BDF, UUID, "gone");
    Endpoint device = only(EndpointKind.MDEV_DEVICE);
    assertThat(device.mdevType()).contains("gone");
    assertThat(device.type())
        .isEqualTo(Attributes.of(Map.of("mdev_type", MdevTypeLink.NOTHING_THERE)));
    assertThat(read().problems()).extracting(Problem::code).contains(ProblemCode.DANGLING_LINK);
  }

  @Test
  void aTypeLinkMayEndInASlash() {
    disk.parent(BDF)
        .file(NODE + "/mdev_supported_types/i915-GVTg_V5_4/software_version", "1.2\n")
        .directory(NODE + "/" + UUID)
        .verbatimLink(NODE + "/" + UUID + "/mdev_type", "../mdev_supported_types/i915-GVTg_V5_4//");
    Endpoint device = only(EndpointKind.MDEV_DEVICE);
    assertThat(device.mdevType()).contains("i915-GVTg_V5_4");
    assertThat(device.type().get("software_version")).isEqualTo(new Attribute.Text("1.2"));
  }

  @Test
  void theMigrationInterfaceIsReadInEverySpelling() {
    String device = NODE + "/" + UUID + "/";
    disk.parent(BDF)
        .device(BDF, UUID, "i915-GVTg_V5_4")
        .file(device + "migration/self/type", "a\n")
        .file(device + "migration/compatible/type", "a\nb\n")
        .file(device + "migration/compatible/0/type", "c\n")
        .directory(device + "migration/compatible/1")
        .file(device + "migration/compatible/other/type", "d\n")
        .file(device + "migration_compatible", "x".repeat(5000))
        .file(device + "migration_version", "v\n");
    assertThat(only(EndpointKind.MDEV_DEVICE).own().byPath())
        .isEqualTo(
            Map.of(
                "migration/self", Attribute.DIRECTORY,
                "migration/self/type", new Attribute.Text("a"),
                "migration/compatible", Attribute.DIRECTORY,
                "migration/compatible/type", new Attribute.Text("a\nb"),
                "migration/compatible/0", Attribute.DIRECTORY,
                "migration/compatible/0/type", new Attribute.Text("c"),
                "migration/compatible/1", Attribute.DIRECTORY,
                "migration_compatible", new Attribute.Text("x".repeat(5000)),
                "migration_version", new Attribute.Text("v")));
  }

  @Test
  void anInterfaceThatCannotBeLookedIntoIsUnreadableNotAbsent() {
    String device = NODE + "/" + UUID + "/";
    disk.parent(BDF)
        .directory(device)
        .link("bus/mdev/devices/" + UUID, "../../../" + NODE + "/" + UUID)
        .link(device + "mdev_type", "mdev_type")
        .link(device + "migration", "/etc");
    Endpoint endpoint = read().endpoints().getFirst();
    assertThat(endpoint.own().get("migration/self")).isEqualTo(new Attribute.Unreadable("EXDEV"));
    assertThat(endpoint.own().get("migration/compatible"))
        .isEqualTo(new Attribute.Unreadable("EXDEV"));
    assertThat(endpoint.type().get("mdev_type")).isEqualTo(new Attribute.Unreadable("ELOOP"));
    assertThat(endpoint.mdevType()).as("a link that leads nowhere names no type").isEmpty();
  }

  @Test
  void aTypeLinkThatIsAFileIsMalformed() throws IOException {
    String device = NODE + "/" + UUID + "/";
    disk.parent(BDF)
        .directory(device)
        .link("bus/mdev/devices/" + UUID, "../../../" + NODE + "/" + UUID)
        .file(device + "mdev_type", "mtty-1\n");
    Endpoint endpoint = read().endpoints().getFirst();
    assertThat(endpoint.mdevType()).isEmpty();
    assertThat(endpoint.type().get("mdev_type")).isInstanceOf(Attribute.Malformed.class);
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
    Attributes own = read().endpoints().getFirst().own();
    assertThat(own.get("compatible_\uFFFD")).isInstanceOf(Attribute.Malformed.class);
    assertThat(own.get("migration/self/\uFFFD")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void functionsAreEndpointsByInterfaceOrVfOrVfioDriver() {
    disk.parent("0000:01:00.0")
        .parent("0000:01:00.1")
        .link("devices/pci0000:00/0000:01:00.1/physfn", "../0000:01:00.0")
        .parent("0000:01:00.2")
        .link("devices/pci0000:00/0000:01:00.2/driver", "../../../bus/pci/drivers/mlx5_vfio_pci")
        .parent("0000:01:00.3")
        .directory("devices/pci0000:00/0000:01:00.3/vfio-dev/vfio0")
        .parent("0000:01:00.4")
        .file("devices/pci0000:00/0000:01:00.4/migration_version", "v\n")
        .parent("0000:01:00.5")
        .file("devices/pci0000:00/0000:01:00.5/version", "not of a function\n");
    HostReading reading = read();
    assertThat(reading.endpoints())
        .extracting(endpoint -> endpoint.name().toString())
        .containsExactly("0000:01:00.1", "0000:01:00.2", "0000:01:00.3", "0000:01:00.4");
    assertThat(reading.functions()).containsExactly("0000:01:00.0", "0000:01:00.5");
    assertThat(reading.drivers()).extracting(Driver::name).containsExactly("mlx5_vfio_pci");
  }

  @Test
  void aCssParentWithAnInterfaceOfItsOwnIsADevice() {
    String node = "devices/css0/0.0.0313";
    disk.file(node + "/mdev_supported_types/vfio_ccw-io/device_api", "vfio-ccw\n")
        .link("class/mdev_bus/0.0.0313", "../../" + node)
        .link("bus/css/devices/0.0.0313", "../../../" + node)
        .file(node + "/migration_version", "v\n");
    assertThat(only(EndpointKind.PARENT_DEVICE).name()).isEqualTo(EndpointName.device("0.0.0313"));
  }

  @Test
  void nvidiaTypesAreNamedAndTheirNumbersRemembered() throws IOException {
    String vf = "devices/pci0000:00/0000:3d:00.4";
    disk.parent("0000:3d:00.4")
        .file(vf + "/nvidia/creatable_vgpu_types", "ID    : vGPU Name\n1145  : NVIDIA L40S-1B\n")
        .file(vf + "/nvidia/current_vgpu_type", "0\n");
    try (HostReader reader = HostReader.of(disk.root())) {
      HostReading free = reader.read();
      EndpointName type = EndpointName.type("0000:3d:00.4", "NVIDIA L40S-1B");
      assertThat(free.endpoints()).extracting(Endpoint::name).containsExactly(type);
      assertThat(type.toString()).isEqualTo("0000:3d:00.4/NVIDIA%20L40S-1B");
      assertThat(free.capacity()).isEqualTo(Map.of(type, 1));

      disk.file(vf + "/nvidia/creatable_vgpu_types", "ID    : vGPU Name\n")
          .file(vf + "/nvidia/current_vgpu_type", "1145\n");
      HostReading full = reader.read();
      assertThat(full.endpoints()).hasSize(1);
      assertThat(full.endpoints().getFirst().kind()).isEqualTo(EndpointKind.PCI_FUNCTION);
      assertThat(full.endpoints().getFirst().own().get("nvidia/vgpu_name"))
          .isEqualTo(new Attribute.Text("NVIDIA L40S-1B"));
      assertThat(full.functions()).isEmpty();
      assertThat(full.capacity()).isEmpty();
    }
  }

  @Test
  void aHeaderIsNotNeededAndRowsThatAreNoneAreReported() {
    disk.parent("0000:3d:00.4")
        .file(
            "devices/pci0000:00/0000:3d:00.4/nvidia/creatable_vgpu_types",
            "1145  : NVIDIA L40S-1B\nnonsense\n");
    HostReading reading = read();
    assertThat(reading.endpoints()).hasSize(1);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.MALFORMED);
  }

  @Test
  void aBadNumberOfInstancesIsReportedAndLeftOut() {
    disk.parent(BDF)
        .file(TYPE + "/available_instances", "many\n")
        .file(TYPE + "/description", new byte[] {(byte) 0xff});
    HostReading reading = read();
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
  void aDeepTreeIsCutOffAndTheRestRead() {
    disk.parent(BDF)
        .file(TYPE + "/device_api", "vfio-pci\n")
        .directory("devices" + "/d".repeat(50));
    HostReading reading = read();
    assertThat(reading.endpoints()).hasSize(1);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.TOO_DEEP);
  }

  @Test
  void tooManyNodesAreRefusedAndTheRestRead() throws IOException {
    disk.parent(BDF).file(TYPE + "/device_api", "vfio-pci\n");
    for (int i = 0; i < 200; i++) {
      disk.directory("devices/many/%03d".formatted(i));
    }
    HostReading reading = read(new Bounds(32, 50, 1000, 1000, 100_000));
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
    HostReading reading = read(new Bounds(32, 1000, 1000, 13, 100_000));
    assertThat(reading.endpoints()).hasSize(5).allMatch(e -> e.own().byPath().size() == 2);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.TOO_LARGE);
  }

  @Test
  void anEndpointThatGrowsBeyondTheBoundsIsRefusedAsAWhole() throws IOException {
    String vf = "devices/pci0000:00/0000:3d:00.4";
    disk.parent("0000:3d:00.4")
        .directory(vf + "/physfn")
        .file(vf + "/nvidia/creatable_vgpu_types", "1145  : NVIDIA L40S-1B\n")
        .file(vf + "/nvidia/current_vgpu_type", "1145\n");
    assertThat(read(new Bounds(32, 1000, 1000, 8, 100_000)).endpoints())
        .filteredOn(endpoint -> endpoint.kind() == EndpointKind.PCI_FUNCTION)
        .singleElement()
        .satisfies(
            endpoint ->
                assertThat(endpoint.own().get("nvidia/vgpu_name"))
                    .isEqualTo(new Attribute.Text("NVIDIA L40S-1B")));
    HostReading reading = read(new Bounds(32, 1000, 1000, 7, 100_000));
    assertThat(reading.endpoints())
        .extracting(Endpoint::kind)
        .containsExactly(EndpointKind.NVIDIA_TYPE);
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.TOO_LARGE);
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
    Attributes own = only(EndpointKind.MDEV_DEVICE).own();
    assertThat(own.get("r63")).isEqualTo(new Attribute.Text("63"));
    assertThat(own.get("r64")).isEqualTo(Attribute.ABSENT);
    assertThat(own.get("g63/r00")).isEqualTo(new Attribute.Text("1"));
    assertThat(own.get("g64/r00")).isEqualTo(Attribute.ABSENT);
    assertThat(read().problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_LARGE, ProblemCode.TOO_MANY_NODES);
  }

  @Test
  void twoReadingsOfAnUnchangedTreeAreEqual() {
    disk.parent(BDF).file(TYPE + "/device_api", "vfio-pci\n").device(BDF, UUID, "i915-GVTg_V5_4");
    assertThat(read()).isEqualTo(read());
  }

  @Test
  void factsComeFromFilesOfTheirOwn() throws IOException {
    Path facts = Files.createDirectory(directory.resolve("facts.d"));
    Files.writeString(facts.resolve("a.facts"), "# comment\necc_mode=enabled\nnonsense\n\n");
    Files.writeString(facts.resolve("ignored.txt"), "x=y\n");
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, Duration.ofSeconds(10)),
            Optional.of("6.1.0"),
            Optional.of(facts))) {
      HostReading reading = reader.read();
      assertThat(reading.kernel()).contains("6.1.0");
      assertThat(reading.facts()).isEqualTo(Map.of("ecc_mode", "enabled"));
      assertThat(reading.problems())
          .extracting(Problem::code)
          .containsExactly(ProblemCode.MALFORMED);
    }
  }

  @Test
  void factsThatHangCostTheDeadlineOfTheTree() throws IOException {
    TreeOnDisk facts = new TreeOnDisk(Files.createDirectory(directory.resolve("facts.d")));
    facts.fifo("a.facts");
    Duration deadline = Duration.ofMillis(50);
    long start = System.nanoTime();
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, deadline),
            Optional.empty(),
            Optional.of(facts.root()))) {
      assertThat(reader.read().problems())
          .extracting(Problem::code)
          .containsExactly(ProblemCode.UNREADABLE);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SysfsTree.READ_DEADLINE);
  }

  @Test
  void anEmptyRootIsAnEmptyHost() {
    HostReading reading = read();
    assertThat(reading.endpoints()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }

  private Endpoint only(EndpointKind kind) {
    List<Endpoint> found = read().endpoints().stream().filter(e -> e.kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private HostReading read() {
    try {
      return read(Bounds.DEFAULT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private HostReading read(Bounds bounds) throws IOException {
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), bounds, Duration.ofSeconds(10)),
            Optional.empty(),
            Optional.empty())) {
      return reader.read();
    }
  }

  private static Attributes texts(Map<String, String> values) {
    Map<String, Attribute> attributes = new java.util.TreeMap<>();
    values.forEach((path, value) -> attributes.put(path, new Attribute.Text(value)));
    return Attributes.of(attributes);
  }
}
