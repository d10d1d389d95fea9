package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.state.SupportedTypesFile;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The types that a card supports, which are not those that can be created now (docs/rules.md 2).
 */
class SupportedTypesTest {

  private static final String PF = "0000:c8:00.0";
  private static final String VF0 = "0000:c8:00.2";
  private static final String VF1 = "0000:c8:00.3";
  private static final String HEADER = "ID    : vGPU Name\n";
  private static final String BOTH = HEADER + "1519  : NVIDIA X-3Q\n1523  : NVIDIA X-6Q\n";
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-26T00:00:00Z");

  @TempDir Path directory;
  private TreeOnDisk disk;

  @BeforeEach
  void card() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    function(PF);
    for (String vf : List.of(VF0, VF1)) {
      function(vf);
      disk.link(node(vf) + "/physfn", "../" + PF);
      list(vf, BOTH).current(vf, 0);
    }
    driverVersion("580.65.05");
  }

  @Test
  void aTypeStaysWithACapacityOfNothingWhenTheListShrinks() throws IOException {
    try (HostReader reader = reader(FIRST)) {
      HostReading before = reader.read();
      list(VF0, HEADER).current(VF0, 1519).list(VF1, HEADER + "1519  : NVIDIA X-3Q\n");
      HostReading after = reader.read();

      assertThat(types(after)).isEqualTo(types(before)).hasSize(4);
      assertThat(capacities(before).values()).containsOnly(1);
      assertThat(capacities(after))
          .isEqualTo(
              Map.of(
                  VF0 + "/NVIDIA%20X-3Q", 0,
                  VF0 + "/NVIDIA%20X-6Q", 0,
                  VF1 + "/NVIDIA%20X-3Q", 1,
                  VF1 + "/NVIDIA%20X-6Q", 0));
      assertThat(runs(after, VF0)).isEqualTo(new Attribute.Text("NVIDIA X-3Q"));
    }
  }

  @Test
  void theFunctionsOfOneCardAreToldToShareIt() throws IOException {
    disk.link("class/mdev_bus/" + PF, "../../" + node(PF))
        .file(node(PF) + "/mdev_supported_types/nvidia-745/name", "NVIDIA A2-4Q\n");
    assertThat(read(FIRST).cards().physicalOf()).isEqualTo(Map.of(VF0, PF, VF1, PF));
    list(VF1, HEADER);
    assertThat(read(FIRST).cards().physicalOf())
        .as("where only remembered types are left")
        .isEqualTo(Map.of(VF0, PF, VF1, PF));
  }

  @Test
  void untilACardWasSeenIdleItMaySupportMore() throws IOException {
    EndpointName small = EndpointName.type(VF1, "NVIDIA X-3Q");
    String large = HEADER + "1523  : NVIDIA X-6Q\n";
    list(VF0, HEADER).current(VF0, 1523).list(VF1, large);
    assertThat(read(FIRST).extent().mayHide(small)).isPresent();
    try (HostReader one = HostReader.of(disk.root())) {
      assertThat(one.read().extent().mayHide(small)).isPresent();
    }
    list(VF0, BOTH).current(VF0, 0).list(VF1, BOTH);
    assertThat(read(FIRST).extent().incomplete()).isEmpty();
    try (HostReader one = HostReader.of(disk.root())) {
      assertThat(one.read().extent().incomplete()).as("idle now").isEmpty();
    }
    list(VF0, HEADER).current(VF0, 1523).list(VF1, large);
    HostReading again = read(LATER);
    assertThat(again.extent().incomplete()).as("it was seen idle").isEmpty();
    assertThat(capacities(again))
        .containsEntry(small.toString(), 0)
        .containsEntry(VF1 + "/NVIDIA%20X-6Q", 1);
    driverVersion("590.10");
    HostReading other = read(LATER);
    assertThat(other.extent().mayHide(small)).as("under another driver").isPresent();
    assertThat(capacities(other))
        .as("what is not creatable")
        .containsEntry(VF0 + "/NVIDIA%20X-6Q", 0);
  }

  @Test
  void aCardOfWhichOneListIsNotWholeIsNotSeenIdle() throws IOException {
    list(VF1, BOTH + "nonsense\n");
    assertThat(read(FIRST).extent().incomplete()).containsOnlyKeys(VF0, VF1);
    list(VF1, BOTH);
    assertThat(read(FIRST).extent().incomplete()).isEmpty();
  }

  @Test
  void whatASiblingListsAFullFunctionSupports() throws IOException {
    list(VF0, HEADER).current(VF0, 1519);
    try (HostReader reader = reader(FIRST)) {
      assertThat(capacities(reader.read()))
          .containsEntry(VF0 + "/NVIDIA%20X-6Q", 0)
          .containsEntry(VF1 + "/NVIDIA%20X-6Q", 1);
    }
  }

  @Test
  void oneLookAtATreeHasOnlyWhatIsThere() throws IOException {
    list(VF0, HEADER).current(VF0, 1519);
    try (HostReader reader = HostReader.of(disk.root())) {
      HostReading reading = reader.read();
      assertThat(capacities(reading).keySet())
          .containsExactlyInAnyOrder(VF1 + "/NVIDIA%20X-3Q", VF1 + "/NVIDIA%20X-6Q");
      assertThat(runs(reading, VF0)).isEqualTo(new Attribute.Text("NVIDIA X-3Q"));
      assertThat(reading.extent().supportedSince()).isEmpty();
    }
  }

  @Test
  void aNumberThatNoListHasNamedIsSaidToHaveNoName() throws IOException {
    list(VF0, HEADER).list(VF1, HEADER).current(VF0, 1523);
    try (HostReader reader = reader(FIRST)) {
      HostReading reading = reader.read();
      assertThat(types(reading)).isEmpty();
      assertThat(runs(reading, VF0)).isInstanceOf(Attribute.Malformed.class);
      assertThat(runs(reading, VF1)).isEqualTo(Attribute.ABSENT);
      assertThat(reading.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.detail()).contains("1523"));
    }
  }

  @Test
  void whatIsRememberedSurvivesARestartAndSaysSinceWhen() throws IOException {
    Map<String, Endpoint> before;
    try (HostReader reader = reader(FIRST)) {
      before = types(reader.read());
    }
    list(VF0, HEADER).list(VF1, HEADER);
    try (HostReader reader = reader(LATER)) {
      HostReading after = reader.read();
      assertThat(types(after)).isEqualTo(before);
      assertThat(capacities(after).values()).containsOnly(0).hasSize(4);
      assertThat(after.extent().supportedSince()).isEqualTo(Map.of(PF, FIRST));
    }
  }

  @Test
  void anotherDriverVersionForgetsAndIsLearntAnew() throws IOException {
    read(FIRST);
    list(VF0, HEADER).list(VF1, HEADER);
    driverVersion("590.10");
    assertThat(types(read(LATER))).isEmpty();
    driverVersion("580.65.05");
    assertThat(types(read(LATER))).isEmpty();
    list(VF0, BOTH);
    HostReading again = read(LATER);
    assertThat(types(again)).hasSize(4);
    assertThat(again.extent().supportedSince()).isEqualTo(Map.of(PF, LATER));
  }

  @Test
  void anotherCardInItsPlaceForgets() throws IOException {
    read(FIRST);
    list(VF0, HEADER).list(VF1, HEADER);
    disk.file(node(PF) + "/device", "0x26b9\n");
    assertThat(types(read(LATER))).isEmpty();
  }

  @Test
  void aCardThatWasAwayForgets() throws IOException {
    read(FIRST);
    Path link = disk.root().resolve("bus/pci/devices/" + PF);
    Files.delete(link);
    read(LATER);
    disk.link("bus/pci/devices/" + PF, "../../../" + node(PF));
    list(VF0, HEADER).list(VF1, HEADER);
    // What its VFs listed while it was away is remembered since then.
    assertThat(read(LATER).extent().supportedSince().values()).allMatch(LATER::equals);
  }

  @Test
  void aDamagedOrForeignFileIsIgnored() throws IOException {
    read(FIRST);
    list(VF0, HEADER).list(VF1, HEADER);
    Path file = directory.resolve("state/types-h");
    String whole = Files.readString(file);
    for (String damaged :
        List.of(
            "",
            "nonsense",
            whole.substring(0, whole.length() / 2),
            whole.replace("type NVIDIA_TYPE", "type NONE"),
            whole.replace("NVIDIA%20X-3Q", "NVIDIA%zz"),
            whole.replace(FIRST.toString(), "yesterday"),
            whole.replace("owner h", "owner other"))) {
      Files.writeString(file, damaged);
      assertThat(types(read(LATER))).as(damaged).isEmpty();
      Files.writeString(file, whole);
      assertThat(types(read(LATER))).hasSize(4);
    }
  }

  @Test
  void aListThatFillsItsPageIsNotBelievedToItsLastByte() throws IOException {
    String rows = rows();
    String cut = rows.substring(0, 4095);
    list(VF0, cut).list(VF1, HEADER);
    String last = cut.substring(cut.lastIndexOf(": ") + 2);
    try (HostReader reader = reader(FIRST)) {
      HostReading reading = reader.read();
      int complete = (int) cut.chars().filter(c -> c == '\n').count() - 1;
      assertThat(types(reading).keySet())
          .filteredOn(name -> name.startsWith(VF0))
          .hasSize(complete);
      assertThat(types(reading).keySet())
          .noneMatch(name -> name.endsWith("/" + EndpointName.encode(last)));
      assertThat(reading.problems())
          .extracting(Problem::code)
          .containsExactly(ProblemCode.TRUNCATED);
      assertThat(reading.extent().incomplete()).containsOnlyKeys(VF0, VF1);
    }
  }

  @Test
  void ofAFullPageThatEndsProperlyTheLastRowIsBelieved() throws IOException {
    String text = HEADER + "7  : NVIDIA " + "x".repeat(200) + "\n";
    for (int number = 100; text.length() < 3800; number++) {
      text += number + "  : NVIDIA " + "y".repeat(100) + number + "\n";
    }
    String end = "9  : NVIDIA ";
    text += end + "z".repeat(4095 - text.length() - end.length() - 1) + "\n";
    assertThat(text).hasSize(4095);
    list(VF0, text).list(VF1, HEADER);
    HostReading reading = read(FIRST);
    assertThat(types(reading).keySet()).anyMatch(name -> name.startsWith(VF0 + "/NVIDIA%20z"));
    assertThat(reading.extent().incomplete()).containsOnlyKeys(VF0, VF1);
    assertThat(reading.problems()).extracting(Problem::code).contains(ProblemCode.TRUNCATED);
  }

  @Test
  void ofAListThatIsNotWholeNoTypeIsSaidToBeUncreatable() throws IOException {
    try (HostReader reader = reader(FIRST)) {
      reader.read();
      list(VF0, rows().substring(0, 4095));
      assertThat(capacities(reader.read())).doesNotContainKey(VF0 + "/NVIDIA%20X-6Q");
    }
  }

  @Test
  void anMdevTypeStaysToo() throws IOException {
    String types = node(VF0) + "/mdev_supported_types";
    disk.link("class/mdev_bus/" + VF0, "../../" + node(VF0))
        .file(types + "/nvidia-745/name", "NVIDIA A2-4Q\n")
        .file(types + "/nvidia-745/device_api", "vfio-pci\n")
        .file(types + "/nvidia-745/available_instances", "1\n");
    Map<String, Endpoint> before = types(read(FIRST));
    for (String file : List.of("name", "device_api", "available_instances", "")) {
      Files.delete(disk.root().resolve(types + "/nvidia-745/" + file));
    }
    HostReading after = read(LATER);
    assertThat(types(after)).isEqualTo(before).containsKey(VF0 + "/nvidia-745");
    assertThat(capacities(after)).containsEntry(VF0 + "/nvidia-745", 0);
  }

  private HostReading read(Instant now) throws IOException {
    try (HostReader reader = reader(now)) {
      return reader.read();
    }
  }

  private HostReader reader(Instant now) throws IOException {
    SysfsTree tree = SysfsTree.open(disk.root(), Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
    SupportedTypesFile file = SupportedTypesFile.in(directory.resolve("state"), "h");
    return new HostReader(
        tree,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new TypeMemory(Optional.of(file), InstantSource.fixed(now))),
        Optional.empty());
  }

  private static Map<String, Endpoint> types(HostReading reading) {
    return reading.endpoints().stream()
        .filter(endpoint -> endpoint.kind().isType())
        .collect(Collectors.toMap(endpoint -> endpoint.name().toString(), Function.identity()));
  }

  private static Map<String, Integer> capacities(HostReading reading) {
    return reading.capacity().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
  }

  private static Attribute runs(HostReading reading, String function) {
    return reading.endpoints().stream()
        .filter(endpoint -> endpoint.name().equals(EndpointName.device(function)))
        .findFirst()
        .orElseThrow()
        .own()
        .get("nvidia/vgpu_name");
  }

  /** More rows than a page has room for. */
  private static String rows() {
    return HEADER
        + IntStream.range(0, 100)
            .mapToObj(i -> (1500 + i) + "  : NVIDIA RTX Pro 6000 Blackwell DC-" + i + "Q\n")
            .collect(Collectors.joining());
  }

  private void function(String bdf) {
    disk.file(node(bdf) + "/vendor", "0x10de\n")
        .file(node(bdf) + "/device", "0x2bb5\n")
        .directory("bus/pci/drivers/nvidia")
        .link(node(bdf) + "/driver", "../../../bus/pci/drivers/nvidia")
        .link("bus/pci/devices/" + bdf, "../../../" + node(bdf));
  }

  private void driverVersion(String version) {
    disk.file("module/nvidia/version", version + "\n");
  }

  private SupportedTypesTest list(String vf, String text) {
    disk.file(node(vf) + "/nvidia/creatable_vgpu_types", text);
    return this;
  }

  private SupportedTypesTest current(String vf, int number) {
    disk.file(node(vf) + "/nvidia/current_vgpu_type", number + "\n");
    return this;
  }

  private static String node(String bdf) {
    return "devices/pci0000:00/" + bdf;
  }
}
