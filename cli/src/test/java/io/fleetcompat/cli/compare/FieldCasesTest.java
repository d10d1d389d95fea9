package io.fleetcompat.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of {@code compare} and {@code inspect} to trees that operators reported. */
class FieldCasesTest {

  private static final String UUID = "0b5fd3fb-2389-4a22-ba70-52969a26b9d5";
  private static final String BRIDGE = "pci0000:d7/0000:d7:00.0/";
  private static final String P40 = "pci0000:00/0000:01:00.0";
  private static final String V100S = "pci0000:3a/0000:3b:00.0";

  @TempDir static Path directory;

  @BeforeAll
  static void write() throws IOException {
    FieldTree a10 = new FieldTree().function(BRIDGE + "0000:d8:00.0", "0x10de", "0x2236", "nvidia");
    for (int i = 4; i < 8; i++) {
      String node = BRIDGE + "0000:d8:00." + i;
      a10.function(node, "0x10de", "0x2236", "nvidia")
          .parent(node)
          .type(node, "nvidia-591", "NVIDIA A10-2Q", i == 6 ? 0 : 1)
          .type(node, "nvidia-594", "NVIDIA A10-6Q", i == 6 ? 0 : 1);
    }
    a10.device(BRIDGE + "0000:d8:00.6", UUID, "nvidia-594").write(directory.resolve("a10"));
    FieldTree p40 = new FieldTree().function(P40, "0x10de", "0x1c30", "nvidia").parent(P40);
    p40.write(directory.resolve("no-types"));
    p40.directory(directory.resolve("no-types"), "devices/" + P40 + "/mdev_supported_types");
    p40.type(P40, "nvidia-47", "GRID P40-2Q", 11).write(directory.resolve("p40"));
    new FieldTree()
        .function(V100S, "0x10de", "0x1df6", "nvidia")
        .parent(V100S)
        .type(V100S, "nvidia-295", "GRID V100S-4Q", 0)
        .type(V100S, "nvidia-296", "GRID V100S-8Q", 3)
        .write(directory.resolve("v100s"));
    new FieldTree()
        .dangling("bus/pci/devices/0000:01:00.0", "devices/" + P40)
        .dangling("class/mdev_bus/0000:01:00.0", "devices/" + P40)
        .dangling("bus/mdev/devices/" + UUID, "devices/" + P40 + "/" + UUID)
        .write(directory.resolve("links-alone"));
    Files.createDirectories(directory.resolve("links-alone/devices"));
  }

  private static Run compare(String source, String destination, String... more) {
    List<String> arguments = new ArrayList<>(List.of("compare"));
    arguments.addAll(List.of("--source", directory.resolve(source).toString()));
    arguments.addAll(List.of("--destination", directory.resolve(destination).toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static Run inspect(String tree, String endpoint) {
    return Run.of(
        "inspect", "--root", directory.resolve(tree).toString(), "--brief", "--endpoint", endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "0B5FD3FB-2389-4A22-BA70-52969A26B9D5, " + UUID,
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5, " + UUID,
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5_0000_d8_00_6, " + UUID,
    "d8:00.6, 0000:d8:00.6",
    "0000:D8:00.6, 0000:d8:00.6",
    "00000000:D8:00.6, 0000:d8:00.6",
    "pci_0000_d8_00_6, 0000:d8:00.6",
    "d8:00.6/nvidia-594, 0000:d8:00.6/nvidia-594",
    "0000:d8:00.6/NVIDIA A10-6Q, 0000:d8:00.6/nvidia-594",
    "/sys/bus/mdev/devices/" + UUID + ", " + UUID
  })
  void anEndpointIsUnderstoodAsOtherToolsPrintIt(String spelled, String name) {
    Run run =
        compare("a10", "a10", "--source-endpoint", spelled, "--destination-endpoint", spelled);
    assertThat(run.out()).as(run.err()).contains(": " + name + " -> " + name);
    assertThat(run.status()).isIn(0, 3, 4);
  }

  @Test
  void inspectUnderstandsTheSame() {
    Run run = inspect("a10", "D8:00.6/NVIDIA A10-6Q");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("nvidia-594").doesNotContain("nvidia-591");
  }

  @ParameterizedTest
  @CsvSource({
    "0b5fd3fb-2389-4a22-ba70-52969a26b9d6, did you mean " + UUID + "?",
    "d8:00.6/nvidia-954, did you mean 0000:d8:00.6/nvidia-594",
    "0000:d8:00.9, did you mean 0000:d8:00."
  })
  void whatIsNotFoundSaysTheNearest(String spelled, String said) {
    Run run = compare("a10", "a10", "--source-endpoint", spelled);
    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains(said);
    assertThat(inspect("a10", spelled).status()).isEqualTo(5);
    assertThat(inspect("a10", spelled).err()).contains(said);
  }

  @Test
  void compareTellsTheRoomAsCheckDoes() throws IOException {
    String full = "0000:3b:00.0/nvidia-295";
    String room = "0000:3b:00.0/nvidia-296";
    Run run = compare("v100s", "v100s", "--source-endpoint", full, "--destination-endpoint", full);
    assertThat(run.out())
        .startsWith("COMPATIBLE")
        .contains("  capacity: 0 more can be created there now");
    Run json =
        compare(
            "v100s",
            "v100s",
            "--source-endpoint",
            room,
            "--destination-endpoint",
            room,
            "-o",
            "json");
    assertThat(new ObjectMapper().readTree(json.out()).path("capacity").asInt()).isEqualTo(3);
  }

  @Test
  void aParentWithoutTypesIsANoThatNamesIt() {
    for (String[] more :
        new String[][] {{}, {"--destination-endpoint", "0000:01:00.0/nvidia-47"}}) {
      Run run = compare("p40", "no-types", more);
      assertThat(run.status()).as(run.err()).isEqualTo(3);
      assertThat(run.out())
          .startsWith("INCOMPATIBLE")
          .contains(
              "does not offer nvidia-47", "; the mdev_supported_types of 0000:01:00.0 is empty");
    }
  }

  @Test
  void aTypeThatAParentDoesNotOfferIsANo() {
    Run run = compare("p40", "p40", "--destination-endpoint", "01:00.0/nvidia-48");
    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "0000:01:00.0 of the destination tree does not offer nvidia-48; it offers nvidia-47");
    assertThat(compare("p40", "p40", "--destination-endpoint", "02:00.0/nvidia-47").status())
        .as("a device that is not there")
        .isEqualTo(5);
  }

  @Test
  void linksToNothingAreNoEmptyHost() {
    Run run = compare("p40", "links-alone");
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(4);
    assertThat(run.out())
        .startsWith("UNKNOWN")
        .contains("class/mdev_bus/0000:01:00.0 leads to no directory that can be looked into");
    Run device = compare("p40", "links-alone", "--destination-endpoint", UUID);
    assertThat(device.status()).isEqualTo(4);
    assertThat(device.out()).contains("may be there all the same: bus/mdev/devices/" + UUID);
  }
}
