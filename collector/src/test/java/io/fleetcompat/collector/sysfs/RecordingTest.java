package io.fleetcompat.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording holds all that a scan found: a copy made of it reads as the tree does. */
class RecordingTest {

  private static final String BDF = "0000:00:02.0";
  private static final String UUID = "882cc4da-dede-11e7-9180-078a62063ab1";
  private static final String NODE = "devices/pci0000:00/" + BDF;
  private static final String TYPE = NODE + "/mdev_supported_types/t";
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @TempDir Path directory;
  private TreeOnDisk disk;
  private final Recording recording = new Recording();

  @BeforeEach
  void root() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.toRealPath().resolve("sys")));
    disk.parent(BDF)
        .file(TYPE + "/device_api", "vfio-pci\n")
        .file(TYPE + "/software_version", "1.2.0\n")
        .file(TYPE + "/migration/self/a", "1\n")
        .file(TYPE + "/migration/self/b", "2\n")
        .file(TYPE + "/migration/compatible/0/a", "1\n")
        .file("devices/other/serial_number", "S-123\n")
        .file("devices/pci0000:00/serial_number", "S-123\n")
        .link(NODE + "/driver", "../../../bus/pci/drivers/i915")
        .file("bus/pci/drivers/i915/module", "")
        .file("module/i915/version", "1\n");
  }

  @Test
  void onlyWhatWasLookedAtIsRecorded() throws IOException {
    HostReading read = scan(List.of());
    assertThat(read.endpoints()).isNotEmpty();
    assertThat(recording.found())
        .containsEntry(
            TYPE + "/software_version",
            new Found.Content("1.2.0\n".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("bus/pci/devices/" + BDF, new Found.Link("../../../" + NODE))
        .containsEntry(NODE + "/driver", new Found.Link("../../../bus/pci/drivers/i915"))
        .doesNotContainKeys("devices/other", "devices/pci0000:00/serial_number");
    assertThat(recording.faults()).isEmpty();
    assertThat(recording.nodes()).containsEntry(EndpointName.type(BDF, "t"), TYPE);
    assertThat(recording.real("bus/pci/devices/" + BDF + "/driver/..")).contains("bus/pci/drivers");
  }

  @Test
  void aCopyWithTheFaultsReadsAsTheTreeDid() throws IOException {
    disk.link("class/mdev_bus/out", "/etc")
        .link(NODE + "/" + UUID + "/mdev_type", "../mdev_supported_types/t")
        .file(TYPE + "/compatible_x", "1\n");
    Files.setPosixFilePermissions(
        disk.root().resolve(TYPE + "/compatible_x"), PosixFilePermissions.fromString("---------"));
    List<Fault> faults =
        List.of(
            new Fault(Fault.Kind.READ, TYPE + "/software_version", 5),
            new Fault(Fault.Kind.READ, TYPE + "/migration/self/b", 110),
            new Fault(Fault.Kind.STAT, TYPE + "/migration/self/c", 5),
            new Fault(Fault.Kind.LIST, TYPE + "/migration/compatible/0", Errno.EACCES),
            Fault.of(Fault.Kind.MORE, TYPE),
            Fault.of(Fault.Kind.MISNAMED, TYPE + "/compatible_\uFFFD"),
            Fault.of(Fault.Kind.MISNAMED_DIRECTORY, TYPE + "/migration/self/\uFFFD"),
            new Fault(Fault.Kind.READLINK, NODE + "/driver", 5),
            Fault.of(Fault.Kind.DEVICE, NODE + "/migration_version"));
    HostReading read = scan(faults);
    assertThat(read.problems()).hasSizeGreaterThan(5);

    Set<Fault> met = new TreeSet<>(faults);
    assertThat(recording.faults()).containsAll(met);
    try (SysfsTree tree =
        SysfsTree.open(copy(), Bounds.DEFAULT, DEADLINE, recording.faults(), Optional.empty())) {
      assertThat(reading(tree)).isEqualTo(read);
    }
  }

  @Test
  void aFileWithTwoContentsIsAFault() {
    recording.add("a", new Found.Content(new byte[] {1}));
    recording.add("a", new Found.Content(new byte[] {1}));
    assertThat(recording.faults()).isEmpty();
    recording.add("a", new Found.Content(new byte[] {2}));
    assertThat(recording.faults()).containsExactly(new Fault(Fault.Kind.READ, "a", Errno.EAGAIN));
  }

  @Test
  void aReadThatHangsIsAFaultOfTheFileItself() throws IOException {
    scan(List.of());
    recording.addHanging("bus/pci/devices/" + BDF + "/vendor");
    assertThat(recording.faults())
        .containsExactly(new Fault(Fault.Kind.READ, NODE + "/vendor", Errno.ETIMEDOUT));
  }

  @Test
  void everyErrnoHasANameThatGivesItAgain() {
    for (int errno = 1; errno < 140; errno++) {
      assertThat(Errno.number(Errno.name(errno))).hasValue(errno);
    }
    assertThat(Errno.number("ENONSENSE")).isEmpty();
    assertThat(Errno.number("E99999")).isEmpty();
  }

  /** A scan whose kernel meets these faults. */
  private HostReading scan(List<Fault> faults) throws IOException {
    String root = disk.root().toString();
    try (SysfsTree tree =
        SysfsTree.open(
            disk.root(),
            Bounds.DEFAULT,
            DEADLINE,
            bytes ->
                new RecordedCalls(
                    new ReplayedCalls(new Libc(bytes), root, faults), root, recording),
            Optional.of(recording))) {
      return reading(tree);
    }
  }

  private static HostReading reading(SysfsTree tree) {
    try (HostReader reader = new HostReader(tree, Optional.of("6.1"), Optional.empty())) {
      return reader.read();
    }
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    for (Map.Entry<String, Found> entry : recording.found().entrySet()) {
      Path path = copy.resolve(entry.getKey());
      Files.createDirectories(path.getParent());
      switch (entry.getValue()) {
        case Found.Directory _ -> Files.createDirectories(path);
        case Found.Link(String target) -> Files.createSymbolicLink(path, Path.of(target));
        case Found.Content content -> Files.write(path, content.bytes());
        case Found.Unread _ ->
            Files.createFile(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
      }
    }
    return copy;
  }
}
