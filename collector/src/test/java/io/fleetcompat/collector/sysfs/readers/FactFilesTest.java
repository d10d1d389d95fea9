package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fleetcompat.collector.HostReader;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The facts that sysfs does not say, about the host and about its devices. */
class FactFilesTest extends SysfsOnDisk {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String PF = "0000:3b:00.0";
  private static final String VF = "0000:3b:00.4";

  private Path facts;
  private Duration maxAge = FactsDirectory.MAX_AGE;

  @BeforeEach
  void factsDirectory() throws IOException {
    facts = Files.createDirectory(directory.resolve("facts.d"));
  }

  private void file(String name, String content, Duration age) throws IOException {
    Path file = Files.writeString(facts.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }

  private HostReading read() throws IOException {
    return read(DEADLINE);
  }

  private HostReading read(Duration deadline) throws IOException {
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, deadline),
            Optional.of("6.1.0"),
            Optional.of(new FactsDirectory(facts, maxAge, InstantSource.fixed(NOW))))) {
      return reader.read();
    }
  }

  @Test
  void factsComeFromFilesOfTheirOwnAndALaterFileWins() throws IOException {
    file("a.facts", "# comment\nnvidia.ecc_mode=enabled\n\nhost.os_id=rhel\n", Duration.ZERO);
    file("b.facts", " nvidia.ecc_mode = disabled \nqat.sla=\n", Duration.ZERO);
    file("ignored.txt", "x=y\n", Duration.ZERO);
    file(".hidden.facts", "x=y\n", Duration.ZERO);
    HostReading reading = read();
    assertThat(reading.kernel()).contains("6.1.0");
    assertThat(reading.facts())
        .isEqualTo(
            ReadHost.texts(
                Map.of("nvidia.ecc_mode", "disabled", "host.os_id", "rhel", "qat.sla", "")));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aFactWithSeveralValuesInOneFileIsMalformedAndNeverTheLastOfThem() throws IOException {
    file("a.facts", "nvidia.ecc_mode=off\nqat.sla=1\nqat.sla=1\n", Duration.ZERO);
    file(
        "b.facts",
        "x=1\nnvidia.ecc_mode=on\nnvidia.ecc_mode=off\nnvidia.ecc_mode=on\n",
        Duration.ZERO);
    HostReading reading = read();
    String several = "expected one value in a file, found several";
    assertThat(reading.facts())
        .isEqualTo(
            Attributes.of(
                Map.of(
                    "nvidia.ecc_mode", new Attribute.Malformed(several),
                    "qat.sla", new Attribute.Text("1"),
                    "x", new Attribute.Text("1"))));
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::detail)
        .containsExactlyInAnyOrder(
            tuple("facts.d/b.facts", "line 3: nvidia.ecc_mode: " + several),
            tuple("facts.d/b.facts", "line 4: nvidia.ecc_mode: " + several));
  }

  @Test
  void aWrongLineIsReportedWithItsFileAndNumberAndTheOthersCount() throws IOException {
    file(
        "a.facts",
        "good=1\nnonsense\n\n=x\nxe.guc.0000:zz:00.0=1\nlong="
            + "v".repeat(Limits.VALUE + 1)
            + "\n",
        Duration.ZERO);
    HostReading reading = read();
    assertThat(reading.facts().byPath()).containsOnlyKeys("good", "long");
    assertThat(reading.facts().get("long"))
        .isEqualTo(
            new Attribute.Malformed("expected a value of at most 4096 characters, found more"));
    assertThat(reading.problems()).allMatch(p -> p.path().equals("facts.d/a.facts"));
    assertThat(reading.problems())
        .extracting(Problem::detail)
        .satisfiesExactly(
            two -> assertThat(two).isEqualTo("line 2: expected name=value, found 'nonsense'"),
            four -> assertThat(four).startsWith("line 4: expected a name of letters"),
            five -> assertThat(five).startsWith("line 5: ").contains("0000:zz:00.0"),
            six -> assertThat(six).startsWith("line 6: long: expected a value"));
  }

  @Test
  void aFileThatIsTooOldSaysSoAndNotHowOldItIs() throws IOException {
    file("a.facts", "nvidia.ecc_mode=enabled\n", Duration.ofHours(25));
    file("b.facts", "host.os_id=rhel\n", Duration.ofHours(23));
    HostReading reading = read();
    Attribute stale = new Attribute.Malformed("stale: older than facts.max-age PT24H");
    assertThat(reading.facts().get("nvidia.ecc_mode")).isEqualTo(stale);
    assertThat(reading.facts().get("host.os_id")).isEqualTo(new Attribute.Text("rhel"));
    assertThat(reading.problems())
        .containsExactly(
            new Problem(
                "facts.d/a.facts", ProblemCode.MALFORMED, "stale: older than facts.max-age PT24H"));
    file("a.facts", "nvidia.ecc_mode=enabled\n", Duration.ofHours(99));
    assertThat(read()).isEqualTo(reading);
  }

  @Test
  void aFileOfAClockThatWasFarAheadIsNotBelieved() throws IOException {
    file("a.facts", "x=1\n", Duration.ofHours(-25));
    assertThat(read().facts().get("x"))
        .isEqualTo(
            new Attribute.Malformed("stale: more than facts.max-age PT24H ahead of the clock"));
    file("a.facts", "x=1\n", Duration.ofHours(-1));
    assertThat(read().facts().get("x")).isEqualTo(new Attribute.Text("1"));
  }

  @Test
  void withoutAMaximumAgeEveryFileIsBelieved() throws IOException {
    maxAge = Duration.ZERO;
    file("a.facts", "x=1\n", Duration.ofDays(1000));
    assertThat(read().facts().get("x")).isEqualTo(new Attribute.Text("1"));
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
    assertThat(reading.problems()).extracting(Problem::code).containsExactly(ProblemCode.TOO_LARGE);
    assertThat(reading.problems().getFirst().detail()).startsWith("line 4097: expected at most");
  }

  @Test
  void factsThatHangCostTheDeadlineOfTheTree() throws IOException {
    new TreeOnDisk(facts).fifo("a.facts");
    long start = System.nanoTime();
    assertThat(read(Duration.ofMillis(50)).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.UNREADABLE);
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
