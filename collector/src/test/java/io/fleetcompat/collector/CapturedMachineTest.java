package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real machine's sysfs, captured; and the machine that runs the test. */
class CapturedMachineTest {

  private static final Path CAPTURED = Path.of("src/test/resources/captured/virtio-6.18.txt");

  @TempDir Path directory;

  @Test
  void aVirtualMachinesVirtioDevicesAreEndpoints() throws IOException {
    HostReading reading = read(unpack());
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.functions()).hasSize(6);
    assertThat(reading.endpoints())
        .hasSize(5)
        .allMatch(endpoint -> endpoint.kind() == EndpointKind.VIRTIO_DEVICE);
    Endpoint balloon = reading.endpoints().getFirst();
    assertThat(balloon.own().get("driver")).isEqualTo(new Attribute.Text("virtio_balloon"));
    assertThat(balloon.own().get("status")).isEqualTo(new Attribute.Text("0x0000000f"));
    assertThat(((Attribute.Text) balloon.own().get("features")).value()).hasSize(128);
    assertThat(balloon.pci().get("device")).isEqualTo(new Attribute.Text("0x1045"));
    assertThat(reading.drivers())
        .contains(new Driver("virtio-pci", Optional.of("1"), Optional.empty()));
  }

  @Test
  void theMachineThatRunsThisTestCanBeRead() throws IOException {
    try (HostReader reader = HostReader.of(HostReader.LIVE)) {
      HostReading reading = reader.read();
      assertThat(reader.isLive()).isTrue();
      assertThat(reading.kernel()).contains(System.getProperty("os.version"));
    }
  }

  private Path unpack() throws IOException {
    TreeOnDisk disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    List<String> lines = Files.readAllLines(CAPTURED);
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ", -1);
      switch (words[0]) {
        case "link" -> disk.link(words[1], words[3]);
        case "file" -> {
          StringBuilder content = new StringBuilder();
          while (i + 1 < lines.size() && lines.get(i + 1).startsWith("|")) {
            content.append(lines.get(++i).substring(1)).append('\n');
          }
          disk.file(words[2], content.toString()).mode(words[2], words[1]);
        }
        default -> assertThat(words[0]).isEqualTo("#");
      }
    }
    return disk.root();
  }

  private static HostReading read(Path root) throws IOException {
    try (HostReader reader = HostReader.of(root)) {
      return reader.read();
    }
  }
}
