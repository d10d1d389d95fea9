package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MdevTypeListTest {

  private static final String PATH = "devices/pci0000:00/0000:01:00.0/mdev_supported_types";

  @Test
  void theDeviceOfAnEmptyListIsNamed() {
    assertThat(MdevTypeList.emptyParent(PATH, MdevTypeList.EMPTY)).hasValue("0000:01:00.0");
    assertThat(MdevTypeList.emptyParent(PATH, "another problem")).isEmpty();
    assertThat(MdevTypeList.emptyParent(PATH + "/a", MdevTypeList.EMPTY)).isEmpty();
    assertThat(MdevTypeList.emptyParent("mdev_supported_types", MdevTypeList.EMPTY)).isEmpty();
  }

  @Test
  void twoDevicesAreNamedAndTheOthersCounted() {
    assertThat(MdevTypeList.words(List.of())).isEmpty();
    assertThat(MdevTypeList.words(List.of("b", "a", "c", "a")))
        .isEqualTo("; the mdev_supported_types of a and of b and of 1 more is empty");
  }
}
