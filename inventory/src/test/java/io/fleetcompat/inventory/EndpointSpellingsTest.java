package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host with an A10's virtual functions, their types, and one vGPU on one of them. */
class EndpointSpellingsTest {

  private static final String UUID = "0b5fd3fb-2389-4a22-ba70-52969a26b9d5";

  private static final Map<String, String> NAMES =
      Map.of("nvidia-591", "A10-2Q", "nvidia-594", "A10-6Q", "nvidia-600", "A10-6Q");

  private final List<String> endpoints =
      Stream.of(
              UUID,
              "0000:d8:00.4/nvidia-591",
              "0000:d8:00.6/nvidia-591",
              "0000:d8:00.6/nvidia-594",
              "0000:d8:00.7/nvidia-594",
              "0000:d8:00.7/nvidia-600",
              "0001:d8:00.7/nvidia-594",
              "0000:09:00.4/NVIDIA%20A2-4Q",
              "virtio0")
          .sorted()
          .toList();

  private final EndpointSpellings spellings =
      new EndpointSpellings(
          endpoints,
          List.of("0000:d8:00.0", "0001:d8:00.6", "0002:01:00.0"),
          index -> Optional.ofNullable(NAMES.get(EndpointName.parse(endpoints.get(index)).name())));

  private List<String> meant(String text) {
    return spellings.meant(EndpointSpellings.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0B5FD3FB-2389-4A22-BA70-52969A26B9D5, " + UUID,
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5, " + UUID,
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5_0000_d8_00_6, " + UUID,
    "0000:d8:00.6/0B5FD3FB-2389-4A22-BA70-52969A26B9D5, " + UUID,
    "/sys/bus/mdev/devices/0b5fd3fb-2389-4a22-ba70-52969a26b9d5, " + UUID,
    "d8:00.0, 0000:d8:00.0",
    "0000:D8:00.0, 0000:d8:00.0",
    "00000000:D8:00.0, 0000:d8:00.0",
    "pci_0000_d8_00_0, 0000:d8:00.0",
    "/sys/devices/pci0000:d7/0000:d7:00.0/0000:d8:00.0/, 0000:d8:00.0",
    "d8:00.4/nvidia-591, 0000:d8:00.4/nvidia-591",
    "0000:d8:00.6/NVIDIA A10-6Q, 0000:d8:00.6/nvidia-594",
    "0000:d8:00.6/NVIDIA%20A10-6Q, 0000:d8:00.6/nvidia-594",
    "00000000:D8:00.6/GRID A10-6Q, 0000:d8:00.6/nvidia-594",
    "pci_0000_d8_00_6/a10-6q, 0000:d8:00.6/nvidia-594",
    "0000:d8:00.6/NVIDIA-594, 0000:d8:00.6/nvidia-594",
    "sys/class/mdev_bus/0000:d8:00.6/mdev_supported_types/nvidia-594, 0000:d8:00.6/nvidia-594",
    "9:0.4/nvidia a2-4q, 0000:09:00.4/NVIDIA%20A2-4Q",
    "VIRTIO0, virtio0"
  })
  void whatIsUnambiguousIsUnderstood(String text, String meant) {
    assertThat(meant(text)).containsExactly(meant);
  }

  @Test
  void aNameOfTwoTypesIsAmbiguousAndAnIdIsNot() {
    assertThat(meant("0000:d8:00.7/NVIDIA A10-6Q"))
        .containsExactly("0000:d8:00.7/nvidia-594", "0000:d8:00.7/nvidia-600");
    assertThat(meant("pci_0000_d8_00_7/nvidia-594")).containsExactly("0000:d8:00.7/nvidia-594");
  }

  @Test
  void withoutItsDomainAnAddressOfTwoIsAmbiguous() {
    assertThat(meant("d8:00.7/nvidia-594"))
        .containsExactly("0000:d8:00.7/nvidia-594", "0001:d8:00.7/nvidia-594");
    assertThat(meant("d8:00.7/nvidia-600")).containsExactly("0000:d8:00.7/nvidia-600");
  }

  @ParameterizedTest
  @CsvSource({
    "01:00.0",
    "d8:00.6/nvidia-600",
    "0000:d8:00.9",
    "0000:d8:00.4/nvidia-594",
    "0000:d8:00.4/NVIDIA A10-6Q",
    "0000:d8:00.6/11111111-2389-4a22-ba70-52969a26b9d5",
    "mdev_11111111_2389_4a22_ba70_52969a26b9d5_0000_d8_00_6",
    "virtio1"
  })
  void whatIsNotThereIsNotAnotherThing(String text) {
    assertThat(meant(text)).isEmpty();
  }

  @Test
  void whatIsNoPathAndNoEndpointIsRefused() {
    for (String text : List.of("a/b/c", "", "/", "a//b", "%zz")) {
      assertThatThrownBy(() -> EndpointSpellings.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(EndpointSpellings.parse("sys/b")).isEqualTo(EndpointName.type("sys", "b"));
  }

  @Test
  void anEndpointThatIsNotThereIsTakenByTheNameOfTheKernel() {
    assertThat(EndpointSpellings.normal(EndpointName.type("D8:00.6", "x")))
        .isEqualTo(EndpointName.type("0000:d8:00.6", "x"));
  }

  @Test
  void theTypesOfADeviceAreItsOwn() {
    assertThat(spellings.typesOf("0000:d8:00.7")).containsExactly("nvidia-594", "nvidia-600");
    assertThat(spellings.typesOf("0000:d8:00.0")).isEmpty();
    assertThat(spellings.hasDevice("0000:d8:00.7")).isTrue();
    assertThat(spellings.hasDevice("0000:d8:00.0")).isTrue();
    assertThat(spellings.hasDevice("0000:d8:00.5")).isFalse();
  }
}
