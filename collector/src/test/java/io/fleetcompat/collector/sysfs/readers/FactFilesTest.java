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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts that sysfs does not say, about the host and about its devices. */
class FactFilesTest extends SysfsOnDisk {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String PF = "0000:3b:00.0";
  private static final String VF = "0000:3b:00.4";

  /** In place of every fact of a host whose file a.facts may say anything. */
  private static final Attribute DOUBTED =
      new Attribute.Malformed(
          "expected to read every file of facts whole, found one that may say otherwise:"
              + " facts.d/a.facts");

  private Path facts;
  private Duration maxAge = FactsDirectory.MAX_AGE;
  private FactCatalogue catalogue = FactCatalogue.OPEN;

  /** One that knows the mode of ECC alone. */
  private static final class OnlyEcc implements FactCatalogue {

    private static final String NAME = "nvidia.ecc_mode";

    @Override
    public SortedSet<String> names() {
      return new TreeSet<>(Set.of(NAME));
    }

    @Override
    public Optional<String> problem(String name, String value) {
      if (!name.equals(NAME)) {
        return Optional.of("expected " + NAME + ", found " + name);
      }
      return value.equals("enabled") ? Optional.empty() : Optional.of("expected enabled");
    }
  }

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
    return read(Bounds.DEFAULT, deadline);
  }

  private HostReading read(Bounds bounds, Duration deadline) throws IOException {
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), bounds, deadline),
            Optional.of("6.1.0"),
            Optional.of(new FactsDirectory(facts, maxAge, InstantSource.fixed(NOW), catalogue)))) {
      return reader.read();
    }
  }

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
  void ofTwoFilesThatContradictEachOtherNeitherIsBelieved() throws IOException {
    disk.parent(PF);
    file("a.facts", "x=1\n\nnvidia.ecc_mode.0000:3b:00.0=enabled\n", Duration.ZERO);
    file("b.facts", "nvidia.ecc_mode.0000:3b:00.0=disabled\n", Duration.ZERO);
    file("c.facts", "nvidia.ecc_mode.3B:00.0=enabled\nx=1\n", Duration.ZERO);
    HostReading reading = read();
    assertThat(reading.facts()).isEqualTo(ReadHost.texts(Map.of("x", "1")));
    assertThat(reading.problems())
        .containsExactly(
            new Problem(
                "facts.d/b.facts",
                ProblemCode.MALFORMED,
                "line 1: nvidia.ecc_mode: expected the value of line 3 of facts.d/a.facts, found"
                    + " another"));
    file("b.facts", "nvidia.ecc_mode.0000:3b:00.0=enabled\n", Duration.ZERO);
    assertThat(read().problems()).isEmpty();
  }

  @Test
  void aContradictionIsMalformedAndNamesBothFiles() throws IOException {
    file("a.facts", "nvidia.ecc_mode=enabled\n", Duration.ZERO);
    file("b.facts", "nvidia.ecc_mode=disabled\n", Duration.ZERO);
    assertThat(read().facts().get("nvidia.ecc_mode"))
        .isEqualTo(
            new Attribute.Malformed(
                "expected one value in all files, found several: facts.d/a.facts and"
                    + " facts.d/b.facts"));
  }

  @Test
  void aFileThatIsTooOldNeitherHidesNorContradictsOneThatIsNot() throws IOException {
    for (Map.Entry<String, String> names :
        Map.of("a.facts", "b.facts", "b.facts", "a.facts").entrySet()) {
      file(names.getKey(), "x=old\nonly=old\n", Duration.ofHours(25));
      file(names.getValue(), "x=new\n", Duration.ZERO);
      HostReading reading = read();
      assertThat(reading.facts())
          .isEqualTo(
              Attributes.of(
                  Map.of(
                      "x", new Attribute.Text("new"),
                      "only", new Attribute.Malformed("stale: older than facts.max-age PT24H"))));
      assertThat(reading.problems())
          .extracting(Problem::path)
          .containsExactly("facts.d/" + names.getKey());
    }
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
        .containsExactly(
            new Problem(
                "facts.d/b.facts", ProblemCode.MALFORMED, "line 3: nvidia.ecc_mode: " + several));
  }

  @Test
  void aFileThatCannotBeReadWholeMaySayAnythingSoNoFactIsBelieved() throws IOException {
    catalogue = new OnlyEcc();
    disk.parent(PF);
    file("a.facts", "x.0000:3b:00.0=1\ny=1\n", Duration.ZERO);
    Files.write(facts.resolve("b.facts"), new byte[] {'x', '=', (byte) 0xff, '\n'});
    assertDoubtful("b.facts", "expected UTF-8");
    file("b.facts", "x".repeat(Bounds.FILE_BYTES + 1), Duration.ZERO);
    assertDoubtful("b.facts", "expected at most");
    Files.delete(facts.resolve("b.facts"));
    Files.createDirectory(facts.resolve("b.facts"));
    assertDoubtful("b.facts", "a directory");
    Files.delete(facts.resolve("b.facts"));
    Files.createSymbolicLink(facts.resolve("b.facts"), Path.of("nothing"));
    assertDoubtful("b.facts", "");
    Files.delete(facts.resolve("b.facts"));
    assertThat(read().facts()).isEqualTo(ReadHost.texts(Map.of("y", "1")));
  }

  private void assertDoubtful(String file, String found) throws IOException {
    HostReading reading = read();
    Attribute doubt =
        new Attribute.Malformed(
            "expected to read every file of facts whole, found one that may say otherwise:"
                + " facts.d/"
                + file);
    assertThat(reading.facts())
        .isEqualTo(Attributes.of(Map.of("y", doubt, "nvidia.ecc_mode", doubt)));
    assertThat(reading.problems())
        .filteredOn(problem -> problem.path().equals("facts.d/" + file))
        .extracting(Problem::detail)
        .anySatisfy(
            detail ->
                assertThat(detail)
                    .contains(found)
                    .endsWith("it may say anything, so no fact of this host is believed"));
  }

  @Test
  void aDirectoryOfFactsThatIsNoneMaySayAnythingToo() throws IOException {
    catalogue = new OnlyEcc();
    Files.delete(facts);
    assertThat(read().facts()).isEqualTo(Attributes.NONE);
    Files.writeString(facts, "no directory");
    HostReading reading = read();
    assertThat(reading.facts().byPath()).containsOnlyKeys("nvidia.ecc_mode");
    assertThat(reading.facts().get("nvidia.ecc_mode")).isInstanceOf(Attribute.Malformed.class);
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
  void aWrongLineIsReportedWithItsFileAndNumberAndNoFactCounts() throws IOException {
    file(
        "a.facts",
        "good=1\nnonsense\n\n=x\nxe.guc.0000:zz:00.0=1\nlong="
            + "v".repeat(Limits.VALUE + 1)
            + "\n",
        Duration.ZERO);
    HostReading reading = read();
    assertThat(reading.facts().byPath()).containsOnlyKeys("good", "long");
    assertThat(reading.facts().byPath().values()).containsOnly(DOUBTED);
    assertThat(reading.problems()).allMatch(p -> p.path().equals("facts.d/a.facts"));
    assertThat(reading.problems())
        .extracting(Problem::detail)
        .satisfiesExactlyInAnyOrder(
            two -> assertThat(two).isEqualTo("line 2: expected name=value, found 'nonsense'"),
            four -> assertThat(four).startsWith("line 4: expected a name of letters"),
            five -> assertThat(five).startsWith("line 5: ").contains("0000:zz:00.0"),
            six -> assertThat(six).startsWith("line 6: long: expected a value"),
            whole ->
                assertThat(whole)
                    .isEqualTo(
                        "expected to read it whole, found no fact in line 2: it may say anything,"
                            + " so no fact of this host is believed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFnvidia.ecc_mode=enabled",
        "\u200Bnvidia.ecc_mode=enabled",
        "nvidia.ecc_mode: enabled",
        "nvidia.ecc_mode enabled",
        "export nvidia.ecc_mode=enabled",
        "nvidia. ecc_mode=enabled",
        "\uFEFF# a comment",
        "\u200B",
        "# a comment\u2028nvidia.ecc_mode=enabled",
        "host.os_version=9.6\u0085nvidia.ecc_mode=enabled"
      })
  void aLineThatIsNoFactMayBeAnySoNoFactOfTheHostIsBelieved(String line) throws IOException {
    file("a.facts", "# comment\n" + line + "\n\n", Duration.ZERO);
    file("b.facts", "host.os_id=rhel\n", Duration.ZERO);
    catalogue = new OnlyEcc();
    assertThat(read().facts())
        .isEqualTo(Attributes.of(Map.of("nvidia.ecc_mode", DOUBTED, "host.os_id", DOUBTED)));
    file("a.facts", "# comment\n\n  # another\n \t\n", Duration.ZERO);
    assertThat(read().facts()).isEqualTo(ReadHost.texts(Map.of("host.os_id", "rhel")));
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
