package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of one host that have the same name: an answer about one must not be the other's. */
class SharedNamesTest {

  @TempDir Path directory;
  private TreeOnDisk disk;

  @BeforeEach
  void root() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
  }

  @Test
  void twoParentsOfOneNameHaveTypesThatAreMalformed() throws IOException {
    type("devices/a/card", "1.2.0\n");
    type("devices/b/card", "1.3.0\n");
    HostReading reading = read();
    Endpoint type = only(reading);
    assertThat(type.name().toString()).isEqualTo("card/t");
    assertThat(type.own().byPath().values())
        .hasSize(2)
        .allMatch(attribute -> attribute instanceof Attribute.Malformed);
    assertThat(new Judge(Set.of()).judge(Profile.of(type), Profile.of(type)).outcome())
        .isEqualTo(Verdict.Outcome.UNKNOWN);
    assertThat(reading.capacity()).isEmpty();
    assertThat(reading.problems())
        .extracting(Problem::path, Problem::code)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "devices/b/card/mdev_supported_types/t", ProblemCode.MALFORMED));
  }

  @Test
  void twoDevicesOfOneNameAreMalformedAlsoWhereTheBusListsOne() throws IOException {
    for (String parent : List.of("devices/a/p", "devices/b/q")) {
      type(parent, "1.2.0\n");
      disk.directory(parent + "/d").link(parent + "/d/mdev_type", "../mdev_supported_types/t");
    }
    disk.link("bus/mdev/devices/d", "../../../devices/a/p/d");
    Endpoint device =
        read().endpoints().stream()
            .filter(endpoint -> endpoint.name().toString().equals("d"))
            .findFirst()
            .orElseThrow();
    assertThat(device.mdevType()).contains("t");
    assertThat(device.type().get("software_version")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void oneNodeThatIsReachedByTwoPathsIsOneEndpoint() throws IOException {
    type("devices/a/card", "1.2.0\n");
    disk.link("class/mdev_bus/card", "../../devices/a/card")
        .link("class/mdev_bus/again", "../../devices/a/card");
    HostReading reading = read();
    assertThat(only(reading).own().get("software_version")).isEqualTo(new Attribute.Text("1.2.0"));
    assertThat(reading.problems()).isEmpty();
  }

  private void type(String parent, String version) {
    disk.file(parent + "/mdev_supported_types/t/software_version", version)
        .file(parent + "/mdev_supported_types/t/device_api", "vfio-pci\n")
        .file(parent + "/mdev_supported_types/t/available_instances", "3\n");
  }

  private static Endpoint only(HostReading reading) {
    assertThat(reading.endpoints()).hasSize(1);
    return reading.endpoints().getFirst();
  }

  private HostReading read() throws IOException {
    try (HostReader reader = HostReader.of(disk.root())) {
      return reader.read();
    }
  }
}
