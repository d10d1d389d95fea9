package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that nobody means well with: nothing of outside is read, and the rest of the host is. */
class HostileTreeTest {

  private static final String BDF = "0000:3b:00.4";
  private static final String NODE = "devices/pci0000:00/" + BDF;
  private static final String UUID = "882cc4da-dede-11e7-9180-078a62063ab1";
  private static final String OUTSIDE = "../../../../outside";

  @TempDir Path directory;
  private TreeOnDisk disk;
  private TreeOnDisk outside;

  @BeforeEach
  void root() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    outside = new TreeOnDisk(Files.createDirectory(directory.resolve("outside")));
    disk.parent("0000:00:02.0")
        .file("devices/pci0000:00/0000:00:02.0/mdev_supported_types/good/device_api", "vfio-pci\n");
  }

  /**
   * A check of what holds whatever a test does to the tree: the good type is there, and the
   * document can be used.
   */
  @AfterEach
  void theRestIsRead() throws Exception {
    HostReading reading = read();
    assertThat(names(reading)).contains("0000:00:02.0/good");
    assertThat(reading.toString()).doesNotContain("SECRET");
    byte[] bytes =
        Codecs.HOST_INVENTORY.encode(
            InventoryDocument.sent(
                InventoryDocument.of(reading, "h", Map.of()),
                new DocumentVersion(1, 1),
                Instant.EPOCH,
                "scan",
                List.of()));
    assertThat(InventoryDocument.entries(Codecs.HOST_INVENTORY.decode(bytes)))
        .hasSameSizeAs(reading.endpoints());
  }

  @Test
  void nvidiaListsAreNotReadThroughALinkOutOfTheRoot() {
    outside.file("creatable_vgpu_types", "1 : NVIDIA SECRET\n").file("current_vgpu_type", "1\n");
    disk.parent(BDF).link(NODE + "/nvidia", OUTSIDE);
    HostReading reading = read();
    assertThat(names(reading)).containsExactly("0000:00:02.0/good");
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::code)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                NODE + "/nvidia/creatable_vgpu_types", ProblemCode.OUTSIDE_ROOT));
  }

  @Test
  void modulesAreNotReadThroughALinkOutOfTheRoot() {
    outside.file("version", "SECRET\n").file("srcversion", "SECRET\n");
    disk.parent(BDF)
        .directory(NODE + "/physfn")
        .link(NODE + "/driver", "../../../bus/pci/drivers/nvidia")
        .link("module/nvidia", "../../outside");
    HostReading reading = read();
    assertThat(reading.drivers())
        .containsExactly(new HostReading.Driver("nvidia", Optional.empty(), Optional.empty()));
    assertThat(reading.problems()).extracting(Problem::code).contains(ProblemCode.OUTSIDE_ROOT);
  }

  @Test
  void everyDirectoryThatLeadsOutIsRefused() {
    outside
        .file("vendor", "SECRET\n")
        .file("migration_version", "SECRET\n")
        .file("self/a", "SECRET\n")
        .file("compatible/0/a", "SECRET\n")
        .file("aggregator", "SECRET\n")
        .file("software_version", "SECRET\n")
        .file("SECRET-type/device_api", "SECRET\n")
        .file("status", "SECRET\n");
    String type = NODE + "/mdev_supported_types";
    disk.parent(BDF)
        .link(type, OUTSIDE)
        .link("bus/pci/devices/0000:3b:00.5", "../../../../outside")
        .link("bus/virtio/devices/virtio0", "../../../../outside")
        .link("bus/mdev/devices/" + UUID, "../../../../outside")
        .link("bus/css", "../../outside")
        .link("bus/ap/devices/card", "../../../../outside")
        .link("bus/platform/devices", "../../../outside")
        .link("class/mdev_bus/way-out", "../../../outside")
        .link("devices/pci0000:00/0000:00:02.0/migration", OUTSIDE)
        .link("devices/virtual", "../../outside");
    assertThat(names(read())).containsExactly("0000:00:02.0", "0000:00:02.0/good");
  }

  @Test
  void aLinkInTheMiddleOfAPathIsNoWayOut() {
    outside.file("deep/available_instances", "77\n").file("deep/version", "SECRET\n");
    disk.link("devices/door", "../../outside")
        .link("class/mdev_bus/a", "../../devices/door/deep")
        .link("bus/pci/devices/0000:3b:00.6", "../../../devices/door/deep");
    assertThat(names(read())).containsExactly("0000:00:02.0/good");
  }

  @Test
  void aParentThatIsTheRootIsAProblem() {
    disk.link("class/mdev_bus/evil", "../..")
        .link("bus/css/devices/evil", "../../..")
        .link("bus/pci/devices/0000:3b:00.4", "../../..")
        .link("bus/mdev/devices/" + UUID, "../../..")
        .link("bus/virtio/devices/virtio0", "../../..")
        .file("mdev_supported_types/t/device_api", "vfio-pci\n")
        .file("nvidia/creatable_vgpu_types", "1 : NVIDIA T\n")
        .file("features", "1\n")
        .file("migration_version", "v\n");
    HostReading reading = read();
    assertThat(names(reading)).containsExactly("0000:00:02.0/good");
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::code)
        .contains(
            org.assertj.core.groups.Tuple.tuple("class/mdev_bus/evil", ProblemCode.MALFORMED));
  }

  @Test
  void oddLinksNameNothing() {
    String types = "../mdev_supported_types/";
    List<String> targets =
        List.of(".", "..", "../..", types + "good/.", types + "good/..", "../../../..", "//");
    String parent = "devices/pci0000:00/0000:00:02.0/";
    for (int i = 0; i < targets.size(); i++) {
      disk.directory(parent + "dev" + i).link(parent + "dev" + i + "/mdev_type", targets.get(i));
      disk.link(parent + "dev" + i + "/driver", targets.get(i));
    }
    disk.directory(parent + "long")
        .link(parent + "long/mdev_type", "../nothing/" + "x".repeat(3000))
        .directory(parent + "control")
        .link(parent + "control/mdev_type", "../nothing/a\nb\u001b[31m");
    assertThat(read().endpoints())
        .filteredOn(e -> e.name().parent().isEmpty())
        .hasSize(targets.size() + 2)
        .allSatisfy(e -> assertThat(e.mdevType()).isEmpty());
  }

  @Test
  void oddNamesAreKeptApartAndTheDocumentCanBeUsed() throws Exception {
    String types = "devices/pci0000:00/0000:00:02.0/mdev_supported_types/";
    disk.file(types + "with space/device_api", "vfio-pci\n")
        .file(types + "%41/device_api", "vfio-pci\n")
        .file(types + "new\nline/device_api", "vfio-pci\n")
        .file(types + "x".repeat(255) + "/device_api", "vfio-pci\n")
        .file(types + "語".repeat(85) + "/compatible_" + "語".repeat(80), "a\n")
        .file(types + "\u2028/device_api", "vfio-pci\n")
        .file(types + ".../device_api", "vfio-pci\n");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "cd \"$0\" && mkdir \"$(printf 'a\\377')\" && printf x >\"$(printf"
                    + " 'a\\377')/device_api\" && mkdir d && ln -s \"../nothing/$(printf"
                    + " 'a\\376')\" d/mdev_type",
                disk.root().resolve("devices/pci0000:00/0000:00:02.0").toString())
            .inheritIO()
            .start();
    assertThat(shell.waitFor()).isZero();
    assertThat(names(read()))
        .contains("0000:00:02.0/with%20space", "0000:00:02.0/%2541", "0000:00:02.0/new%0Aline")
        .contains("0000:00:02.0/...", "d");
    assertThat(read().endpoints())
        .filteredOn(e -> e.name().toString().equals("d"))
        .allSatisfy(e -> assertThat(e.mdevType()).isEmpty());
  }

  @Test
  void aDirectoryInPlaceOfAnAttributeIsNotDropped() {
    String device = "devices/pci0000:00/0000:00:02.0/" + UUID;
    disk.device("0000:00:02.0", UUID, "good")
        .file(device + "/migration/self/a", "1\n")
        .directory(device + "/migration/self/b")
        .file(device + "/migration/compatible/0/a", "1\n")
        .directory(device + "/migration/compatible/0/b")
        .directory(device + "/migration/compatible/other/b");
    HostReading reading = read();
    assertThat(reading.endpoints())
        .filteredOn(e -> e.name().toString().equals(UUID))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.own().get("migration/self/b")).isEqualTo(Attribute.DIRECTORY);
              assertThat(e.own().get("migration/compatible/0/b")).isEqualTo(Attribute.DIRECTORY);
              assertThat(e.own().get("migration/compatible/other")).isEqualTo(Attribute.ABSENT);
              assertThat(new Judge(Set.of()).judge(Profile.of(e), Profile.of(e)).outcome())
                  .isEqualTo(Verdict.Outcome.UNKNOWN);
            });
    assertThat(reading.problems())
        .extracting(Problem::path)
        .contains(device + "/migration/self/b", device + "/migration/compatible/0/b");
  }

  @Test
  void whatTakesMoreBytesThanADocumentMayHaveIsRefusedAndTheRestIsIndexed() {
    String types = "devices/pci0000:00/0000:00:02.0/mdev_supported_types/";
    for (int i = 0; i < 1400; i++) {
      disk.file(types + "much%04d/compatible_x".formatted(i), i + "語".repeat(1360));
      disk.file(types + "much%04d/available_instances".formatted(i), "1\n");
    }
    for (int i = 0; i < 300; i++) {
      disk.file(
          types + "a" + "語".repeat(80) + "%03d/available_instances".formatted(i), "語".repeat(1300));
    }
    HostReading reading = read();
    assertThat(names(reading)).hasSizeBetween(700, 1699);
    assertThat(reading.problems())
        .anySatisfy(p -> assertThat(p.detail()).contains("refused"))
        .anySatisfy(p -> assertThat(p.detail()).contains("not listed"));
  }

  @Test
  void factsThatReadersWouldRejectAreReported() throws IOException {
    Path facts = Files.createDirectory(directory.resolve("facts.d"));
    Files.writeString(
        facts.resolve("a.facts"), "n".repeat(256) + "=1\nv=" + "1".repeat(4097) + "\ngood=1\n");
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, SysfsTree.READ_DEADLINE),
            Optional.empty(),
            Optional.of(
                new FactsDirectory(facts, FactsDirectory.MAX_AGE, InstantSource.system())))) {
      HostReading reading = reader.read();
      assertThat(reading.facts().byPath()).containsOnlyKeys("good", "v");
      assertThat(reading.facts().byPath().values())
          .allSatisfy(fact -> assertThat(fact).isInstanceOf(Attribute.Malformed.class));
      assertThat(reading.problems())
          .extracting(Problem::code)
          .containsExactlyInAnyOrder(
              ProblemCode.MALFORMED, ProblemCode.MALFORMED, ProblemCode.UNREADABLE);
    }
  }

  private static List<String> names(HostReading reading) {
    return reading.endpoints().stream().map(Endpoint::name).map(Object::toString).toList();
  }

  private HostReading read() {
    try (HostReader reader = HostReader.of(disk.root())) {
      return reader.read();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
