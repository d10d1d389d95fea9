package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTest {

  private static final String CARD = "devices/pci0000:3a/0000:3b:00.0";

  @TempDir Path directory;
  private Path root;

  /** A card with eight virtual functions that offer two types, one function without use, virtio. */
  @BeforeEach
  void tree() throws IOException {
    Map<String, @Nullable String> files = new TreeMap<>();
    Map<String, String> links = new HashMap<>();
    function(files, links, "0000:3b:00.0", "0x10de");
    links.put(CARD + "/driver", "../../../bus/pci/drivers/nvidia");
    function(files, links, "0000:00:1f.0", "0x8086");
    for (int i = 4; i < 12; i++) {
      String name = "0000:3b:%02x.%d".formatted(i / 8, i % 8);
      function(files, links, name, "0x10de");
      String node = "devices/pci0000:3a/" + name;
      links.put(node + "/physfn", "../0000:3b:00.0");
      links.put(node + "/driver", "../../../bus/pci/drivers/nvidia");
      files.put(
          node + "/nvidia/creatable_vgpu_types",
          "ID    : vGPU Name\n1145  : NVIDIA L40S-1B\n1146  : NVIDIA L40S-2B\n");
      files.put(node + "/nvidia/current_vgpu_type", "0\n");
    }
    files.put("bus/pci/drivers/nvidia/new_id", "");
    files.put("module/nvidia/version", "550.54.14\n");
    files.put("devices/pci0000:3a/virtio0/status", "\u001b[31m\n");
    links.put("bus/virtio/devices/virtio0", "../../../devices/pci0000:3a/virtio0");
    files.put("devices/other/product_serial", "S-123\n");
    root = SysfsTrees.write(directory.resolve("host/sys"), files, links);
  }

  private static void function(
      Map<String, @Nullable String> files, Map<String, String> links, String name, String vendor) {
    files.put("devices/pci0000:3a/" + name + "/vendor", vendor + "\n");
    files.put("devices/pci0000:3a/" + name + "/device", "0x26b9\n");
    links.put("bus/pci/devices/" + name, "../../../devices/pci0000:3a/" + name);
  }

  @Test
  void textIsASummaryAndThenEachGroupOnce() {
    Run run = Run.of("inspect", "--root", root.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out().lines().limit(7).toList()).element(0).isEqualTo("Inspected " + root);
    assertThat(run.out())
        .contains("drivers    nvidia 550.54.14")
        .contains("25 (8 PCI functions, 1 virtio device, 16 NVIDIA types), shown in 4 groups")
        .contains("{0000:3b:00.4-0000:3b:01.3}/NVIDIA%20L40S-1B")
        .contains("capacity   1 for each", "pack       nvidia-vfio@")
        .contains("pack       none asked: the driver declares something itself")
        .contains("lack fact/nvidia.ecc_mode")
        .contains("vendor                   0x10de")
        .contains("PCI functions that are no endpoints: no migration interface")
        .contains("no driver  1: 0000:00:1f.0", "nvidia     1: 0000:3b:00.0")
        .contains("not there  class/mdev_bus, bus/mdev/devices")
        .contains("malformed at devices/pci0000:3a/virtio0/status")
        .doesNotContain("\u001b", "S-123");
    assertThat(run.out().lines().filter(line -> line.length() > 110)).isEmpty();
    assertThat(Run.of("inspect", "--root", root.toString())).isEqualTo(run);
  }

  @Test
  void briefLeavesOutWhatWasRead() {
    Run run = Run.of("inspect", "--root", root.toString(), "--brief");
    assertThat(run.out()).contains("0000:3b:00.4-0000:3b:01.3").doesNotContain("0x10de");
  }

  @Test
  void oneEndpointIsShownAloneAndAnotherIsNotFound() {
    Run run = Run.of("inspect", "--root", root.toString(), "--endpoint", "0000:3b:00.5");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("1. 0000:3b:00.4-0000:3b:01.3").doesNotContain("2. ");
    Run none = Run.of("inspect", "--root", root.toString(), "--endpoint", "virtio7");
    assertThat(none.status()).isEqualTo(5);
    assertThat(none.err()).contains("expected the endpoint virtio7", "did you mean virtio0?");
    Run function = Run.of("inspect", "--root", root.toString(), "--endpoint", "0000:00:1f.0");
    assertThat(function.status()).isEqualTo(5);
    assertThat(function.err())
        .contains("a PCI function and no endpoint", "bound to no VFIO driver");
  }

  @Test
  void jsonHasEveryNameAndWholeValues() throws IOException {
    Run run = Run.of("inspect", "--root", root.toString(), "-o", "json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("groups")).hasSize(4);
    JsonNode functions = json.path("groups").path(0);
    assertThat(functions.path("endpoints")).hasSize(8);
    assertThat(functions.path("toItself").path("verdict").asText()).isEqualTo("UNKNOWN");
    JsonNode read = functions.path("read").path(0);
    assertThat(read.path("path").asText()).isEqualTo("devices/pci0000:3a/0000:3b:00.4");
    assertThat(read.path("attributes").path("vendor").path("text").asText()).isEqualTo("0x10de");
    assertThat(json.path("places").path(0).path("there").asBoolean()).isFalse();
    assertThat(Run.of("inspect", "--root", root.toString(), "-o", "yaml").out())
        .contains("kind: \"PCI_FUNCTION\"");
  }

  @Test
  void aMachineWithNothingSaysWhatItLookedFor() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty/sys"));
    Files.createDirectories(empty.resolve("bus/pci/devices"));
    Run run = Run.of("inspect", "--root", empty.toString(), "--brief");
    assertThat(run.status()).isEqualTo(5);
    assertThat(run.out())
        .contains("endpoints  none: no mdev type")
        .contains("looked at  bus/pci/devices (0)")
        .contains("not there  class/mdev_bus, bus/mdev/devices, bus/virtio/devices");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect --root", "compare --destination x --source"})
  void aWrongRootIsNamedAndTheRightOneToo(String command) throws IOException {
    String[] words = (command + " " + directory.resolve("host")).split(" ", -1);
    Run run = Run.of(words);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "this is not a sysfs root: no bus/, class/, devices/; did you mean " + root + "?");
    Path empty = Files.createDirectory(directory.resolve("nothing"));
    Run none = Run.of("inspect", "--root", empty.toString());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("this is not a sysfs root").doesNotContain("did you mean");
  }

  @Test
  void wrongUsageIsSaid() {
    String at = root.toString();
    assertThat(Run.of("inspect", "--root", at, "--file", "x").status()).isEqualTo(2);
    assertThat(Run.of("inspect", "--root", at, "--host", "h").status()).isEqualTo(2);
    assertThat(Run.of("inspect", "--host", "h", "-o", "tar").status()).isEqualTo(2);
    assertThat(Run.of("inspect", "--root", at, "--endpoint", "a/b/c").status()).isEqualTo(2);
    assertThat(Run.of("inspect", "--root", "").status()).isEqualTo(2);
    assertThat(Run.of("inspect", "--root", at + "/nowhere").status()).isEqualTo(1);
  }

  @Test
  void anArchiveIsTheSameEachTimeAndShowsTheSame() throws IOException {
    Path first = archive(root, "first.tar");
    assertThat(archive(root, "second.tar")).hasSameBinaryContentAs(first);
    String live = Run.of("inspect", "--root", root.toString()).out();
    String copied = Run.of("inspect", "--root", first.toString()).out();
    assertThat(copied.replace(first.toString(), root.toString())).isEqualTo(live);
    Run exists =
        Run.of("inspect", "--root", root.toString(), "-o", "tar", "--file", first.toString());
    assertThat(exists.status()).isEqualTo(1);
    assertThat(exists.err()).contains("--file: expected no file there yet, found " + first);
  }

  @Test
  void factsAreShownAndArchivedAndStaleOnesStayStale() throws IOException {
    Path facts = facts();
    assertThat(inspectWith(facts)).contains("host.platform=rhel-9.4", "stale");
    Path file = archiveWith(facts, "facts.tar");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("stale facts-2.facts", "facts/facts-1.facts", "host.platform=rhel-9.4")
        .doesNotContain("secret", "notes.txt", "a.facts", "old.facts");
    assertThat(Run.of("inspect", "--root", file.toString()).out())
        .contains("host.platform=rhel-9.4", "stale");
    Path named = archiveWith(facts, "named.tar", "--with-names");
    assertThat(Files.readString(named, StandardCharsets.ISO_8859_1))
        .contains("stale old.facts", "facts/a.facts");
  }

  @Test
  void neitherNamesNorCommentsOfFilesOfFactsAreArchivedAndTheirLinesKeepTheirNumbers()
      throws IOException {
    Path facts = facts();
    Files.writeString(
        facts.resolve("secrethost.facts"),
        "# the card GPU-4711\n  # 10.0.4.7\nit is in rack 7\nsite.rack=7\nnvidia.ec_mode=on\n");
    Path file = archiveWith(facts, "comments.tar");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("facts/facts-3.facts", "site.rack=7")
        .doesNotContain("secrethost", "4711", "10.0.4.7", "in rack");
    assertThat(Run.of("inspect", "--root", file.toString()).out().replaceAll("\\s+", " "))
        .contains(
            "malformed at facts/facts-3.facts line 5: expected a fact that rules know",
            "found no fact in line 3: it may say anything, so no fact of this host is believed");
    assertThat(archive(file, "again.tar")).hasSameBinaryContentAs(file);
  }

  @Test
  void whatIsWrongWithAllFactsIsSaidOnceWithTheirNumber() throws IOException {
    Path facts = facts();
    Files.write(facts.resolve("bytes.facts"), new byte[] {(byte) 0xff});
    String text = inspectWith(facts).replaceAll("\\s+", " ");
    assertThat(text)
        .containsPattern("facts [a-z_.]+ and \\d+ more=\\(malformed: expected [^)]+\\) problems");
  }

  @Test
  void whatIsMissingForOneReasonSaysItOnce() throws IOException {
    Path facts = facts();
    Files.write(facts.resolve("bytes.facts"), new byte[] {(byte) 0xff});
    String text = inspectWith(facts, "--brief", "--endpoint", "0000:3b:00.5");
    String missing =
        text.replaceAll("\\s+", " ").replaceAll(".* to itself", "").replaceAll("Problems.*", "");
    assertThat(missing.split("found one that may say otherwise", -1)).as(text).hasSize(2);
    assertThat(missing).contains("has a malformed fact/nvidia.ecc_mode, likewise");
  }

  @Test
  void aFileOfFactsThatWasTooLongIsNoShorterInTheArchive() throws IOException {
    Path facts = facts();
    Files.writeString(facts.resolve("b.facts"), "# long\n".repeat(20_000) + "site.rack=7\n");
    assertThat(inspectWith(facts)).contains("no fact of this host is believed");
    Path file = archiveWith(facts, "long.tar");
    assertThat(Run.of("inspect", "--root", file.toString()).out())
        .contains("no fact of this host is believed")
        .doesNotContain("host.platform=rhel-9.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"# a\rx=1", "# a\u0085x=1", "# a\u2028x=1", "# a\fb", "# \u001b[0m", "a=1\u2029#"})
  void aCommentThatMakesTheTreeDoubtfulMakesItsArchiveDoubtful(String line) throws IOException {
    Path facts = facts();
    Files.writeString(facts.resolve("b.facts"), "site.rack=7\n" + line + "\n");
    String doubt = "no fact of this host is believed";
    assertThat(inspectWith(facts)).contains(doubt);
    Path file = archiveWith(facts, "hidden.tar");
    assertThat(Run.of("inspect", "--root", file.toString()).out())
        .contains(doubt)
        .doesNotContain("host.platform=rhel-9.4");
    assertThat(archive(file, "again.tar")).hasSameBinaryContentAs(file);
  }

  @Test
  void aPrivateFileOfFactsIsNotArchivedSoTheArchiveBelievesNone() throws IOException {
    // Letters, which no name of a temporary directory has.
    String serial = "SERIAL-OF-A-CARD";
    Path facts = facts();
    Files.writeString(facts.resolve("private.facts"), "site.card_serial=%s\n".formatted(serial));
    assertThat(inspectWith(facts)).contains(serial);
    Path file = archiveWith(facts, "private.tar");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(serial);
    assertThat(Run.of("inspect", "--root", file.toString()).out())
        .contains("unreadable at facts/facts-3.facts", "no fact of this host is believed")
        .doesNotContain(serial, "host.platform=rhel-9.4");
  }

  @Test
  void aDirectoryOfFactsThatWasNamedMustBeThere() {
    Path none = directory.resolve("no-facts.d");
    Run run = Run.of("inspect", "--root", root.toString(), "--facts", none.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("--facts: expected a directory of *.facts files, found nothing: " + none);
  }

  @Test
  void factsThatNoRuleKnowsOrCanUseAreProblemsWithFileAndLine() throws IOException {
    Path facts = facts();
    Files.writeString(
        facts.resolve("b.facts"),
        "# ours\nnvidia.ecc_mode.0000:3b:00.0=bogus\nnvidia.ec_mode=enabled\nsite.rack=7\n");
    assertThat(inspectWith(facts).replaceAll("\\s+", " "))
        .contains(
            "malformed at facts.d/b.facts line 2: nvidia.ecc_mode: expected one of enabled,"
                + " disabled, N/A, found 'bogus'",
            "malformed at facts.d/b.facts line 3: expected a fact that rules know, or site.NAME,"
                + " found 'nvidia.ec_mode'; did you mean 'nvidia.ecc_mode'?")
        .doesNotContain("line 4");
  }

  private Path facts() throws IOException {
    Path facts = Files.createDirectory(directory.resolve("facts.d"));
    Files.writeString(facts.resolve("a.facts"), "host.platform=rhel-9.4\n");
    Files.writeString(facts.resolve("old.facts"), "vfio.x=1\n");
    Files.setLastModifiedTime(facts.resolve("old.facts"), FileTime.fromMillis(1_000_000));
    Files.writeString(facts.resolve("notes.txt"), "secret");
    return facts;
  }

  private String inspectWith(Path facts, String... more) {
    String[] look = {"inspect", "--root", root.toString(), "--facts", facts.toString()};
    Run run = Run.of(Stream.of(look, more).flatMap(Stream::of).toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private Path archiveWith(Path facts, String name, String... more) {
    Path file = directory.resolve(name);
    String[] tar = {"-o", "tar", "--file", file.toString()};
    String[] all = Stream.of(tar, more).flatMap(Stream::of).toArray(String[]::new);
    assertThat(inspectWith(facts, all)).isEmpty();
    return file;
  }

  private Path archive(Path of, String name) {
    Path file = directory.resolve(name);
    Run run = Run.of("inspect", "--root", of.toString(), "-o", "tar", "--file", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return file;
  }
}
