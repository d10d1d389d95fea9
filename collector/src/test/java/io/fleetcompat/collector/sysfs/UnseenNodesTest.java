package io.fleetcompat.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.collector.sysfs.readers.HostScan;
import io.fleetcompat.collector.sysfs.readers.SupportedTypes;
import io.fleetcompat.collector.sysfs.readers.VersionAttributes;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that the kernel does not let us see, or that move while they are looked at. */
class UnseenNodesTest {

  private static final String BDF = "0000:00:02.0";
  private static final String UUID = "882cc4da-dede-11e7-9180-078a62063ab1";
  private static final String NODE = "devices/pci0000:00/" + BDF;
  private static final String TYPE = NODE + "/mdev_supported_types/t";
  private static final int EIO = 5;
  private static final Attribute UNREADABLE = new Attribute.Unreadable("EIO");

  @TempDir Path directory;
  private TreeOnDisk disk;

  /** Paths below the root of which lstat says EIO. */
  private final Set<String> unseen = ConcurrentHashMap.newKeySet();

  private UnaryOperator<DeadlineReads.Files> files = UnaryOperator.identity();

  @BeforeEach
  void root() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    disk.parent(BDF)
        .file(TYPE + "/device_api", "vfio-pci\n")
        .file(TYPE + "/software_version", "1.2.0\n");
  }

  @Test
  void anInterfaceThatCannotBeSeenIsNotAbsent() throws IOException {
    Endpoint seen = endpoint(EndpointName.type(BDF, "t"));
    assertThat(verdict(seen, seen)).isEqualTo(Verdict.Outcome.COMPATIBLE);

    unseen.add(TYPE + "/migration");
    Endpoint type = endpoint(EndpointName.type(BDF, "t"));
    assertThat(type.own().get("migration/self")).isEqualTo(UNREADABLE);
    assertThat(type.own().get("migration/compatible")).isEqualTo(UNREADABLE);
    assertThat(verdict(type, type)).isEqualTo(Verdict.Outcome.UNKNOWN);
    assertReported(TYPE + "/migration");
  }

  @Test
  void aFileInPlaceOfAnInterfaceIsMalformedAndNotAbsent() throws IOException {
    disk.file(TYPE + "/migration", "");
    Endpoint type = endpoint(EndpointName.type(BDF, "t"));
    assertThat(type.own().get("migration/self"))
        .isEqualTo(new Attribute.Malformed("expected a directory, found a file"));
    assertThat(verdict(type, type)).isEqualTo(Verdict.Outcome.UNKNOWN);
    assertReported(TYPE + "/migration", ProblemCode.MALFORMED);
  }

  @Test
  void aDeviceWhoseTypeCannotBeSeenIsThereAndNotCompatible() throws IOException {
    String device = NODE + "/" + UUID;
    disk.directory(device).link(device + "/mdev_type", "../mdev_supported_types/t");
    Endpoint seen = endpoint(EndpointName.device(UUID));
    assertThat(verdict(seen, seen)).isEqualTo(Verdict.Outcome.COMPATIBLE);

    unseen.add(device + "/mdev_type");
    Endpoint unknown = endpoint(EndpointName.device(UUID));
    assertThat(unknown.mdevType()).isEmpty();
    assertThat(unknown.type().byPath()).isEqualTo(Map.of("mdev_type", UNREADABLE));
    assertThat(verdict(unknown, unknown)).isEqualTo(Verdict.Outcome.UNKNOWN);
    assertThat(verdict(seen, unknown)).isEqualTo(Verdict.Outcome.UNKNOWN);
    assertReported(device + "/mdev_type");
  }

  @Test
  void aFunctionThatMayBeAVfIsAnEndpoint() throws IOException {
    unseen.add(NODE + "/physfn");
    assertThat(endpoint(EndpointName.device(BDF)).own().get("vendor"))
        .isEqualTo(new Attribute.Text("0x8086"));
    assertReported(NODE + "/physfn");
  }

  @Test
  void aDriverThatCannotBeSeenIsUnreadable() throws IOException {
    unseen.add(NODE + "/driver");
    assertThat(endpoint(EndpointName.type(BDF, "t")).pci().get("driver")).isEqualTo(UNREADABLE);
    assertReported(NODE + "/driver");
  }

  @Test
  void featuresThatWereReadWhileTheStatusMovedAreNotBelieved() throws IOException {
    virtio("0101\n", "0xf\n");
    Endpoint steady = endpoint(EndpointName.device("virtio0"));
    assertThat(verdict(steady, steady)).isEqualTo(Verdict.Outcome.COMPATIBLE);

    AtomicInteger reads = new AtomicInteger();
    files =
        real ->
            (libc, request) ->
                request.path().endsWith("virtio0/status") && reads.getAndIncrement() == 0
                    ? FileRead.Result.of(new Attribute.Text("0x3"))
                    : real.read(libc, request);
    assertMoved(endpoint(EndpointName.device("virtio0")));
  }

  @Test
  void aVirtioDeviceThatVanishesMeanwhileHasNoStatusRatherThanNone() throws IOException {
    virtio("0101\n", "0xf\n");
    AtomicInteger reads = new AtomicInteger();
    files =
        real ->
            (libc, request) ->
                request.path().endsWith("virtio0/status") && reads.getAndIncrement() == 1
                    ? FileRead.Result.ABSENT
                    : real.read(libc, request);
    assertMoved(endpoint(EndpointName.device("virtio0")));
  }

  private static void assertMoved(Endpoint device) {
    assertThat(device.own().get("status")).isInstanceOf(Attribute.Unreadable.class);
    assertThat(device.own().get("features")).isInstanceOf(Attribute.Unreadable.class);
    assertThat(verdict(device, device)).isEqualTo(Verdict.Outcome.UNKNOWN);
  }

  private void virtio(String features, String status) {
    disk.file("devices/virtio0/features", features)
        .file("devices/virtio0/status", status)
        .file("devices/virtio0/device", "0x0001\n")
        .file("devices/virtio0/vendor", "0x1af4\n")
        .link("bus/virtio/devices/virtio0", "../../../devices/virtio0");
  }

  private static Verdict.Outcome verdict(Endpoint source, Endpoint destination) {
    return new Judge(Set.of()).judge(Profile.of(source), Profile.of(destination)).outcome();
  }

  private void assertReported(String path) throws IOException {
    assertReported(path, ProblemCode.UNREADABLE);
  }

  private void assertReported(String path, ProblemCode code) throws IOException {
    assertThat(read().problems())
        .filteredOn(problem -> problem.path().equals(path))
        .isNotEmpty()
        .extracting(Problem::code)
        .containsOnly(code);
  }

  private Endpoint endpoint(EndpointName name) throws IOException {
    return read().endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private HostReading read() throws IOException {
    String root = disk.root().toRealPath() + "/";
    LinkResolver.Stats stats =
        (libc, file) ->
            file.startsWith(root) && unseen.contains(file.substring(root.length()))
                ? Stat.failed(EIO)
                : libc.stat(file);
    try (SysfsTree tree =
        SysfsTree.open(disk.root(), Bounds.DEFAULT, Duration.ofMinutes(2), stats, files)) {
      return HostScan.read(
          tree,
          Optional.empty(),
          Optional.empty(),
          SupportedTypes.ofOneLook(),
          new VersionAttributes(),
          Optional.empty(),
          Instant.EPOCH);
    }
  }
}
