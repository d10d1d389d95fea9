package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts that nobody can be sure of: contradictions, and files that may say anything. */
class DoubtedFactsTest extends FactsOnDisk {

  private static final String PF = "0000:3b:00.0";

  /** In place of every fact of a host whose file a.facts may say anything. */
  private static final Attribute DOUBTED =
      new Attribute.Malformed(
          "expected to read every file of facts whole, found one that may say otherwise:"
              + " facts.d/a.facts");

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
}
