package io.fleetcompat.collector.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.collector.facts.ProducerHost.Ended;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.HostReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The producers of facts over what real tools and kernels print: one file a case. */
class FactProducersTest {

  private static final Path RECORDINGS = Path.of("src/test/resources/producers");

  private static final Pattern DEVICE =
      Pattern.compile(
          "\\.([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$");

  private static final int UUID_LENGTH = 36;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> recordings() throws IOException {
    try (Stream<Path> files = Files.list(RECORDINGS)) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyScriptSaysWhatItDoes() throws IOException {
    return scripts().stream()
        .map(
            script ->
                dynamicTest(
                    script,
                    () -> {
                      ProducerHost host =
                          new ProducerHost(Files.createTempDirectory(directory, "host"));
                      Ended help = host.run(List.of(script, "--help"));
                      assertThat(help.status()).isZero();
                      assertThat(help.output()).contains("exit status:").contains("--timeout");
                      assertThat(host.factFiles()).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyScriptHasARecording() throws IOException {
    List<String> replayed;
    try (Stream<Path> files = Files.list(RECORDINGS)) {
      replayed = files.map(FactProducersTest::scriptOf).distinct().toList();
    }
    return scripts().stream()
        .map(script -> dynamicTest(script, () -> assertThat(replayed).contains(script)));
  }

  private void replay(Path file) throws Exception {
    ProducerHost host = new ProducerHost(Files.createTempDirectory(directory, "host"));
    Recording recording = Recording.unpack(file, host);
    Ended ended = host.run(recording.run());
    assertThat(ended.status()).as(ended.errors()).isEqualTo(recording.status());
    assertThat(recording.says()).allSatisfy(says -> assertThat(ended.errors()).contains(says));
    assertThat(ended.errors().lines().count()).isEqualTo(recording.says().size());
    assertThat(host.written()).isEqualTo(recording.facts());
    assertThat(host.factFiles()).hasSize(recording.status() == 0 ? 1 : 0);
    recording.facts().forEach(FactProducersTest::isCatalogued);
    collectorTakes(host, recording.facts());
  }

  /** The rules know the fact, and its value is of its type and in normal form. */
  private static void isCatalogued(String key, String value) {
    assertThat(AttributeCatalogue.builtIn().find("fact/" + nameOf(key)))
        .as(key)
        .hasValueSatisfying(
            fact ->
                assertThat(fact.normal(new Attribute.Text(value)))
                    .isInstanceOf(Parsed.Value.class));
  }

  /**
   * The collector finds each fact where it belongs, and nothing that a producer wrote is a problem.
   */
  private void collectorTakes(ProducerHost host, SortedMap<String, String> facts)
      throws IOException {
    TreeOnDisk disk = new TreeOnDisk(Files.createTempDirectory(directory, "sys"));
    facts.keySet().forEach(key -> device(key).ifPresent(device -> create(disk, device)));
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, Duration.ofSeconds(10)),
            Optional.empty(),
            Optional.of(
                new FactsDirectory(
                    host.facts(), FactsDirectory.MAX_AGE, InstantSource.system())))) {
      HostReading reading = reader.read();
      assertThat(reading.problems()).isEmpty();
      facts.forEach(
          (key, value) ->
              assertThat(read(reading, device(key), nameOf(key)))
                  .as(key)
                  .isEqualTo(new Attribute.Text(value)));
    }
  }

  /** A PCI function that is a parent of mediated devices, or such a device. */
  private static void create(TreeOnDisk disk, String device) {
    if (Files.exists(disk.root().resolve("bus/pci/devices").resolve(device))) {
      return;
    }
    String address = device.length() == UUID_LENGTH ? "0000:ff:1f.7" : device;
    String type = "devices/pci0000:00/" + address + "/mdev_supported_types/nvidia-1";
    if (!Files.exists(disk.root().resolve(type))) {
      disk.parent(address).file(type + "/name", "A10-1Q\n");
    }
    if (device.length() == UUID_LENGTH
        && !Files.exists(disk.root().resolve("bus/mdev/devices").resolve(device))) {
      disk.device(address, device, "nvidia-1");
    }
  }

  private static Attribute read(HostReading reading, Optional<String> device, String name) {
    return device
        .map(
            of ->
                reading.endpoints().stream()
                    .filter(endpoint -> endpoint.name().toString().contains(of))
                    .findFirst()
                    .orElseThrow()
                    .related()
                    .facts())
        .orElse(reading.facts())
        .get(name);
  }

  private static Optional<String> device(String key) {
    Matcher last = DEVICE.matcher(key);
    return last.find() ? Optional.of(last.group(1)) : Optional.empty();
  }

  private static String nameOf(String key) {
    return DEVICE.matcher(key).replaceFirst("");
  }

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(ProducerHost.SCRIPTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".py"))
          .sorted()
          .toList();
    }
  }

  private static String scriptOf(Path recording) {
    try (Stream<String> lines = Files.lines(recording)) {
      return lines
          .filter(line -> line.startsWith("run "))
          .findFirst()
          .orElseThrow()
          .split(" ", -1)[1];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
