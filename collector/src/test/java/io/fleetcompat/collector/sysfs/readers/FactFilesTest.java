package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The facts that sysfs does not say, about the host and about its devices. */
class FactFilesTest extends FactsOnDisk {

  private static final String PF = "0000:3b:00.0";
  private static final String VF = "0000:3b:00.4";

  @Test
  void factsComeFromFilesOfTheirOwn() throws IOException {
    file("a.facts", "# comment\nnvidia.ecc_mode=enabled\n\nhost.os_id=rhel\n", Duration.ZERO);
    file("b.facts", " nvidia.ecc_mode = enabled \nqat.sla=\n", Duration.ZERO);
    file("ignored.txt", "x=y\n", Duration.ZERO);
    file(".hidden.facts", "x=y\n", Duration.ZERO);
    HostReading reading = read();
    assertThat(reading.kernel()).contains("6.1.0");
    assertThat(reading.facts())
        .isEqualTo(
            ReadHost.texts(
                Map.of("nvidia.ecc_mode", "enabled", "host.os_id", "rhel", "qat.sla", "")));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void factsOfTheHostAreThereHoweverManyEndpointsItHas() throws IOException {
    disk.parent(BDF);
    for (int i = 0; i < 50; i++) {
      disk.file(NODE + "/mdev_supported_types/type-%02d/device_api".formatted(i), "vfio-pci\n");
    }
    file("a.facts", "host.os_id=rhel\n", Duration.ZERO);
    HostReading reading = read(new Bounds(32, 1000, 1000, 1000, 1000), DEADLINE);
    assertThat(reading.facts()).isEqualTo(ReadHost.texts(Map.of("host.os_id", "rhel")));
    assertThat(reading.endpoints()).hasSizeBetween(1, 49);
  }

  @Test
  void whereTheFactsOfTheHostDoNotFitNoEndpointIsTaken() throws IOException {
    disk.parent(BDF).file(TYPE + "/device_api", "vfio-pci\n");
    file("a.facts", "host.os_id=rhel\nsite.note=" + "x".repeat(2000) + "\n", Duration.ZERO);
    HostReading reading = read(new Bounds(32, 1000, 1000, 1000, 1000), DEADLINE);
    assertThat(reading.facts()).isEqualTo(Attributes.NONE);
    assertThat(reading.endpoints()).isEmpty();
    assertThat(reading.extent().refused()).isPositive();
    assertThat(reading.problems()).extracting(Problem::code).contains(ProblemCode.TOO_LARGE);
    file("a.facts", "host.os_id=rhel\n", Duration.ZERO);
    assertThat(read().endpoints()).isNotEmpty();
  }

  @Test
  void whatTheCatalogueDoesNotKnowIsReportedWithItsLineAndKept() throws IOException {
    catalogue = new OnlyEcc();
    file("a.facts", "nvidia.ecc_mode=enabled\n\nx=1\n", Duration.ZERO);
    file("b.facts", "nvidia.ecc_mode=bogus\n", Duration.ofHours(25));
    HostReading reading = read();
    assertThat(reading.facts())
        .isEqualTo(ReadHost.texts(Map.of("nvidia.ecc_mode", "enabled", "x", "1")));
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::detail)
        .containsExactly(
            tuple("facts.d/a.facts", "line 3: expected nvidia.ecc_mode, found x"),
            tuple("facts.d/b.facts", "line 1: expected enabled"),
            tuple("facts.d/b.facts", "stale: older than facts.max-age PT24H"));
  }

  @Test
  void aDeviceHasTheFactsAboutItselfBeforeThoseAboutWhatItBelongsTo() throws IOException {
    disk.parent(PF)
        .parent(VF)
        .link("devices/pci0000:00/" + VF + "/physfn", "../" + PF)
        .file("devices/pci0000:00/" + VF + "/mdev_supported_types/nvidia-1/name", "A10-1Q\n")
        .device(VF, UUID, "nvidia-1");
    file(
        "a.facts",
        """
        mlx5.migratable.00000000:3B:00.4=enable
        mlx5.migratable.3b:00.0=disable
        mlx5.psid.3b:00.0=MT_1
        guest.882CC4DA-dede-11e7-9180-078a62063ab1=17
        mlx5.migratable=unknown
        """,
        Duration.ZERO);
    HostReading reading = read();
    Attributes ofVf = ReadHost.texts(Map.of("mlx5.migratable", "enable", "mlx5.psid", "MT_1"));
    assertThat(facts(reading, EndpointName.device(VF))).isEqualTo(ofVf);
    assertThat(facts(reading, EndpointName.type(VF, "nvidia-1"))).isEqualTo(ofVf);
    assertThat(facts(reading, EndpointName.device(UUID)))
        .isEqualTo(
            ReadHost.texts(
                Map.of("mlx5.migratable", "enable", "mlx5.psid", "MT_1", "guest", "17")));
    assertThat(reading.facts()).isEqualTo(ReadHost.texts(Map.of("mlx5.migratable", "unknown")));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aFactAboutADeviceThatTheHostDoesNotHaveIsReported() throws IOException {
    disk.parent(PF);
    file("a.facts", "x.0000:3b:00.0=1\nx.0000:3b:00.1=2\ny.0000:3b:00.1=2\n", Duration.ZERO);
    assertThat(read().problems())
        .containsExactly(
            new Problem(
                "facts.d/a.facts",
                ProblemCode.MALFORMED,
                "line 2: expected a device of this host, found 0000:3b:00.1"));
  }

  @Test
  void tooManyFactsAreRefusedWithFileAndLine() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= Limits.FACTS; i++) {
      many.append("f").append(i).append("=1\n");
    }
    file("a.facts", many.toString(), Duration.ZERO);
    HostReading reading = read();
    assertThat(reading.facts().byPath()).hasSize(Limits.FACTS);
    assertThat(reading.facts().byPath().values())
        .allMatch(fact -> fact instanceof Attribute.Malformed);
    assertThat(reading.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.TOO_LARGE, ProblemCode.UNREADABLE);
    assertThat(reading.problems().getFirst().detail()).startsWith("line 4097: expected at most");
  }

  @Test
  void factsThatHangCostTheDeadlineOfTheTree() throws IOException {
    new TreeOnDisk(facts).fifo("a.facts");
    long start = System.nanoTime();
    assertThat(read(Duration.ofMillis(50)).problems())
        .extracting(Problem::code)
        .containsOnly(ProblemCode.UNREADABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SysfsTree.READ_DEADLINE);
  }

  private static Attributes facts(HostReading reading, EndpointName name) {
    return reading.endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(name))
        .map(Endpoint::related)
        .findFirst()
        .orElseThrow()
        .facts();
  }
}
