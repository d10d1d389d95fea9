package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTest {

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
    assertThat(DeviceName.normal(name)).hasValue(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "virtio0", "3b:00", "0000:3b:00.8", "0000:3b:00.4/x", "123456789:3b:00.0"})
  void whatIsNeitherAnAddressNorAUuidIsNone(String name) {
    assertThat(DeviceName.normal(name)).isEmpty();
  }
}
