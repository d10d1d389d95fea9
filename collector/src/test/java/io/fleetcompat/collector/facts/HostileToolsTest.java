package io.fleetcompat.collector.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.facts.ProducerHost.Ended;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that lie, hang, die or are missing: the facts of an earlier run stay, whole. */
class HostileToolsTest {

  private static final String EARLIER = "# earlier\nnvidia.vgpu_manager_version=1.2\n";
  private static final String ANSWER =
      """
      <nvidia_smi_log><driver_version>1.3</driver_version><gpu id="00000000:01:00.0">
      <gpu_virtualization_mode><host_vgpu_mode>SR-IOV</host_vgpu_mode></gpu_virtualization_mode>
      </gpu></nvidia_smi_log>
      """;
  private static final int MISSING = 3;
  private static final int FAILED = 4;
  private static final int UNEXPECTED = 5;
  private static final int NOT_WRITTEN = 6;

  @TempDir Path directory;
  private ProducerHost host;

  @BeforeEach
  void host() throws IOException {
    host = new ProducerHost(directory);
    Files.writeString(host.facts().resolve("nvidia-smi.facts"), EARLIER);
  }

  @Test
  void aMissingToolLeavesTheEarlierFacts() throws Exception {
    refused(MISSING, "nvidia-smi: no such program in PATH");
  }

  @Test
  void aToolThatFailsIsQuotedInOneLine() throws Exception {
    host.script("nvidia-smi", "printf 'Failed\\nnvidia.ecc_mode=enabled\\033[2J' >&2; exit 9\n");
    refused(FAILED, "found 9, standard error 'Failed\\nnvidia.ecc_mode=enabled\\x1b[2J'");
  }

  @Test
  void halfAnAnswerIsNone() throws Exception {
    host.script("nvidia-smi", "echo '<nvidia_smi_log><driver_version>1.3</driver_version>'\n");
    refused(UNEXPECTED, "nvidia-smi -q -x: expected XML, found");
  }

  @Test
  void aToolThatIsKilledWhileItPrintsFails() throws Exception {
    host.script("nvidia-smi", "echo '<nvidia_smi_log>'; kill -9 $$\n");
    refused(FAILED, "expected exit status 0, found -9");
  }

  @Test
  void aToolThatHangsIsEndedWithAllThatItStarted() throws Exception {
    Path pids = directory.resolve("pids");
    host.script(
        "nvidia-smi",
        "/bin/sleep 600 & echo $! > '%s'; echo $$ >> '%s'; wait\n".formatted(pids, pids));
    refused(FAILED, "did not end within 0.7 s", "--timeout", "0.7");
    areGone(pids);
  }

  @Test
  void aToolThatLeavesItsOutputToAnotherIsEndedToo() throws Exception {
    Path pids = directory.resolve("pids");
    host.script("nvidia-smi", "/bin/sleep 600 & echo $! > '%s'\n".formatted(pids));
    refused(FAILED, "did not end within 0.7 s", "--timeout", "0.7");
    areGone(pids);
  }

  @Test
  void aToolThatPrintsWithoutEndIsEnded() throws Exception {
    host.script("nvidia-smi", "while :; do /bin/cat /bin/cat; done\n");
    refused(FAILED, "printed more than 16777216 bytes");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    host.script("nvidia-smi", "printf '<nvidia_smi_log>\\377\\376'\n");
    refused(UNEXPECTED, "nvidia-smi -q -x: expected UTF-8, found b'smi_log>\\xff\\xfe'");
  }

  @Test
  void entitiesAreRefusedBeforeTheyGrow() throws Exception {
    host.tool(
        "nvidia-smi -q -x",
        "<!DOCTYPE nvidia_smi_log [<!ENTITY a \""
            + "a".repeat(1000)
            + "\">]>\n<nvidia_smi_log/>\n");
    refused(UNEXPECTED, "expected no declaration of entities, found 'a'");
  }

  @Test
  void elementsInElementsAreBounded() throws Exception {
    host.tool("nvidia-smi -q -x", "<nvidia_smi_log>" + "<a>".repeat(100_000));
    refused(UNEXPECTED, "expected at most 32 elements in each other");
  }

  @Test
  void anotherProgramsXmlIsRefused() throws Exception {
    host.tool(
        "nvidia-smi -q -x", "<rocm_smi_log><driver_version>1.3</driver_version></rocm_smi_log>");
    refused(UNEXPECTED, "expected the root nvidia_smi_log, found 'rocm_smi_log'");
  }

  @Test
  void oneDeviceTwiceIsRefused() throws Exception {
    String gpu = "<gpu id=\"00000000:01:00.0\"/>";
    host.tool(
        "nvidia-smi -q -x",
        "<nvidia_smi_log><driver_version>1.3</driver_version>" + gpu + gpu + "</nvidia_smi_log>");
    refused(UNEXPECTED, "expected each of at most 256 GPUs once, found '00000000:01:00.0'");
  }

  @Test
  void aVersionThatIsNoneIsRefused() throws Exception {
    host.tool(
        "nvidia-smi -q -x",
        "<nvidia_smi_log><driver_version>1.3\n"
            + "nvidia.ecc_mode=enabled</driver_version></nvidia_smi_log>");
    refused(UNEXPECTED, "expected one driver_version of numbers and dots");
  }

  @Test
  void aValueCannotBringASecondFact() throws Exception {
    host.tool("devlink -j port show", "{\"port\":{}}");
    host.tool("devlink -j dev info", devInfo("22.1.1\\nmlx5.migratable=enable", "PSID\\u2028x=y"));
    assertThat(host.run(List.of("devlink.py")).status()).isZero();
    assertThat(written("devlink.facts"))
        .isEqualTo("# Written by devlink of fleetcompat; what is changed here is lost.\n");
  }

  @Test
  void aValueIsBounded() throws Exception {
    host.tool("devlink -j port show", "{\"port\":{}}");
    host.tool("devlink -j dev info", devInfo("1".repeat(1025), "MT_1"));
    Ended ended = host.run(List.of("devlink.py"));
    assertThat(ended.errors()).contains("expected at most 1024 characters").hasSizeLessThan(400);
    assertThat(written("devlink.facts")).contains("mlx5.psid.").doesNotContain("firmware");
  }

  @Test
  void deepAndRepeatedJsonIsRefused() throws Exception {
    host.tool("devlink -j port show", "[".repeat(200_000));
    assertThat(host.run(List.of("devlink.py")).status()).isEqualTo(UNEXPECTED);
    host.tool("devlink -j port show", "{\"port\":{},\"port\":{}}");
    Ended ended = host.run(List.of("devlink.py"));
    assertThat(ended.status()).isEqualTo(UNEXPECTED);
    assertThat(ended.errors()).contains("a member twice");
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaid() throws Exception {
    host.tool("nvidia-smi -q -x", ANSWER);
    Path none = directory.resolve("none");
    Ended ended = host.run(List.of("nvidia-smi.py", "--directory", none.toString()));
    assertThat(ended.status()).isEqualTo(NOT_WRITTEN);
    assertThat(ended.errors()).endsWith("nvidia-smi: " + none + ": No such file or directory\n");
  }

  @Test
  void aLinkInThePlaceOfTheFileIsReplacedNotFollowed() throws Exception {
    Path precious = Files.writeString(directory.resolve("precious"), "precious");
    Path file = host.facts().resolve("nvidia-smi.facts");
    Files.delete(file);
    Files.createSymbolicLink(file, precious);
    host.tool("nvidia-smi -q -x", ANSWER);
    assertThat(host.run(List.of("nvidia-smi.py")).status()).isZero();
    assertThat(Files.readString(precious)).isEqualTo("precious");
    assertThat(host.written()).isEqualTo(Map.of("nvidia.vgpu_manager_version", "1.3"));
  }

  @Test
  void aProducerThatIsKilledLeavesTheEarlierFacts() throws Exception {
    Path pids = directory.resolve("pids");
    host.script(
        "nvidia-smi",
        "echo $$ > '%s'; echo '<nvidia_smi_log>'; exec /bin/sleep 600\n".formatted(pids));
    Process producer = host.builder(List.of("nvidia-smi.py")).start();
    try {
      Await.until("a tool that runs", () -> Files.exists(pids) && Files.size(pids) > 0);
    } finally {
      producer.destroyForcibly().waitFor();
    }
    assertThat(written("nvidia-smi.facts")).isEqualTo(EARLIER);
    handle(pids).forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void whatAKilledWriterLeftIsNotReadAndGoesAfterAnHour() throws Exception {
    Path fresh = Files.writeString(host.facts().resolve(".nvidia-smi.facts.a"), "nvidia.ecc");
    Path old = Files.writeString(host.facts().resolve(".nvidia-smi.facts.b"), "nvidia.ecc");
    Path other = Files.writeString(host.facts().resolve(".devlink.facts.c"), "x");
    FileTime longAgo = FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS));
    Files.setLastModifiedTime(old, longAgo);
    Files.setLastModifiedTime(other, longAgo);
    host.tool("nvidia-smi -q -x", ANSWER);
    assertThat(host.run(List.of("nvidia-smi.py")).status()).isZero();
    assertThat(fresh).exists();
    assertThat(old).doesNotExist();
    assertThat(other).exists();
    assertThat(host.factFiles()).containsExactly(host.facts().resolve("nvidia-smi.facts"));
  }

  @Test
  void manyDevicesTakeSeveralFilesAndNoMoreThanNeeded() throws Exception {
    Path ports = directory.resolve("ports.json");
    devlinkPorts(2000, ports);
    assertThat(host.run(List.of("devlink.py")).status()).isZero();
    assertThat(names()).containsExactly("devlink-2.facts", "devlink.facts", "nvidia-smi.facts");
    for (Path file : host.factFiles()) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(64 << 10);
    }
    assertThat(host.written().keySet().stream().filter(name -> name.startsWith("mlx5.")).count())
        .isEqualTo(2000);
    devlinkPorts(1, ports);
    assertThat(host.run(List.of("devlink.py")).status()).isZero();
    assertThat(names()).containsExactly("devlink.facts", "nvidia-smi.facts");
  }

  @Test
  void badOptionsAreRefused() throws Exception {
    for (String timeout : List.of("0", "-1", "nan", "inf", "x")) {
      assertThat(host.run(List.of("xe.py", "--timeout", timeout)).status())
          .as(timeout)
          .isEqualTo(2);
    }
  }

  /** The run ends with this status and one line, and what an earlier run wrote is as it was. */
  private void refused(int status, String says, String... options) throws Exception {
    Ended ended = host.run(Stream.concat(Stream.of("nvidia-smi.py"), Stream.of(options)).toList());
    assertThat(ended.status()).as(ended.errors()).isEqualTo(status);
    assertThat(ended.errors()).contains(says).startsWith("nvidia-smi: ").hasLineCount(1);
    assertThat(written("nvidia-smi.facts")).isEqualTo(EARLIER);
    try (Stream<Path> files = Files.list(host.facts())) {
      assertThat(files).hasSize(1);
    }
  }

  private String written(String name) throws IOException {
    return Files.readString(host.facts().resolve(name));
  }

  private List<String> names() throws IOException {
    return host.factFiles().stream().map(file -> file.getFileName().toString()).toList();
  }

  private static void areGone(Path pids) throws IOException {
    // A child of the tool is a child of init by now, which may take a moment to see that it ended.
    Await.until("no process of the tool", () -> handle(pids).noneMatch(ProcessHandle::isAlive));
  }

  private static Stream<ProcessHandle> handle(Path pids) throws IOException {
    return Files.readAllLines(pids).stream()
        .map(line -> ProcessHandle.of(Long.parseLong(line)))
        .flatMap(Optional::stream);
  }

  private static String devInfo(String version, String psid) {
    return """
    {"info":{"pci/0000:06:00.0":{"driver":"mlx5_core","versions":
    {"fixed":{"fw.psid":"%s"},"running":{"fw.version":"%s"}}}}}
    """
        .formatted(psid, version);
  }

  /** A card with that many virtual functions, all of which may migrate. */
  private void devlinkPorts(int count, Path ports) throws IOException {
    Path card = Files.createDirectories(host.root().resolve("sys/bus/pci/devices/0000:06:00.0"));
    for (int i = 0; i < count; i++) {
      Path link = card.resolve("virtfn" + i);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(
          link, Path.of("../0000:%02x:%02x.%d".formatted(7 + i / 256, i / 8 % 32, i % 8)));
    }
    Files.writeString(
        ports,
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                    "pci/0000:06:00.0/%d":{"flavour":"pcivf","pfnum":0,"vfnum":%d,"function":{"migratable":"enable"}}\
                    """
                        .formatted(i, i))
            .collect(Collectors.joining(",\n", "{\"port\":{\n", "}}\n")));
    host.script(
        "devlink", "[ \"$2\" = dev ] && echo '{\"info\":{}}' || /bin/cat '%s'\n".formatted(ports));
  }
}
