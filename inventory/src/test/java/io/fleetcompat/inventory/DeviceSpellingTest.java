package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSpellingTest {

  @ParameterizedTest
  @CsvSource({
    "0000:3b:00.4, 0000:3b:00.4",
    "3B:00.4, 0000:3b:00.4",
    "00000000:D8:00.6, 0000:d8:00.6",
    "1:2:3.4, 0001:02:03.4",
    "10000:e1:00.0, 10000:e1:00.0",
    "882CC4DA-DEDE-11E7-9180-078A62063AB1, 882cc4da-dede-11e7-9180-078a62063ab1"
  })
  void everySpellingOfADeviceIsOneName(String name, String normal) {
    assertThat(DeviceSpelling.normal(name)).hasValue(normal);
    assertThat(DeviceSpelling.of(name).name()).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "virtio0", "3b:00", "0000:3b:00.8", "0000:3b:00.4/x", "123456789:3b:00.0"})
  void whatIsNeitherAnAddressNorAUuidIsNone(String name) {
    assertThat(DeviceSpelling.normal(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pci_0000_d8_00_6, 0000:d8:00.6",
    "PCI_0000_D8_00_6, PCI_0000_D8_00_6",
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5, 0b5fd3fb-2389-4a22-ba70-52969a26b9d5",
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5_0000_d8_00_6, 0b5fd3fb-2389-4a22-ba70-52969a26b9d5",
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5_matrix, 0b5fd3fb-2389-4a22-ba70-52969a26b9d5",
    "mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9, mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9",
    "css_0_0_0052, 0.0.0052",
    "ap_matrix, matrix",
    "Virtio0, virtio0",
    "0000:3b:00.9, 0000:3b:00.9"
  })
  void aNodeDeviceOfLibvirtIsTheDeviceThatItNames(String text, String name) {
    assertThat(DeviceSpelling.of(text).name()).isEqualToIgnoringCase(name);
  }

  @ParameterizedTest
  @CsvSource({"d8:00.6, :d8:00.6", "D8:0.6, :d8:00.6"})
  void whoLeavesOutTheDomainMayMeanAnyOfThem(String text, String rest) {
    assertThat(DeviceSpelling.of(text).anyDomain()).hasValue(rest);
    assertThat(DeviceSpelling.of("0000:" + text).anyDomain()).isEmpty();
  }
}
