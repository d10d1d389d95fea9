package io.fleetcompat.compatibility.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.DeviceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferWordsTest {

  private static final Likeness MDEV = of(DeviceKind.MDEV, "0x10de", "nvidia-745", "NVIDIA A2-4Q");

  @Test
  void whatAHostOffersInsteadIsNamed() {
    assertThat(
            OfferWords.of(
                "hv7",
                MDEV,
                List.of(
                    of(DeviceKind.NVIDIA_VF, "0x10de", "", "NVIDIA A2-4Q"),
                    of(DeviceKind.NVIDIA_VF, "0x10de", "", "NVIDIA A2-1B"),
                    of(DeviceKind.MDEV, "0x8086", "i915-GVTg_V5_4", ""))))
        .isEqualTo(
            "hv7 does not offer nvidia-745 as an mdev type;"
                + " it offers NVIDIA A2-1B, A2-4Q as vendor VFIO types");
  }

  @Test
  void aHostWithNothingOfTheVendorSaysSo() {
    assertThat(OfferWords.of("hv7", MDEV, List.of()))
        .isEqualTo(
            "hv7 does not offer nvidia-745 as an mdev type; it offers no types of vendor 0x10de");
    assertThat(OfferWords.of("hv7", of(DeviceKind.PCI, "0x15b3", "", ""), List.of()))
        .startsWith("hv7 does not offer a PCI function of vendor 0x15b3; ");
  }

  @Test
  void theNamesAreBounded() {
    List<Likeness> many = new ArrayList<>();
    for (int i = 0; i < 66; i++) {
      many.add(of(DeviceKind.NVIDIA_VF, "0x10de", "", "NVIDIA X-%02dQ".formatted(i)));
    }
    assertThat(OfferWords.of("hv7", MDEV, many))
        .endsWith("X-07Q and 58 more as vendor VFIO types")
        .hasSizeLessThan(300);
  }

  @Test
  void likeAreThoseOfOneKindVendorAndType() {
    assertThat(MDEV.isLike(of(DeviceKind.MDEV, "0x10de", "nvidia-746", "NVIDIA A2-4Q"))).isTrue();
    assertThat(MDEV.isLike(of(DeviceKind.MDEV, "0x10de", "nvidia-745", "NVIDIA A2-8Q"))).isFalse();
    assertThat(MDEV.isLike(of(DeviceKind.NVIDIA_VF, "0x10de", "", "NVIDIA A2-4Q"))).isFalse();
    assertThat(MDEV.isLike(of(DeviceKind.MDEV, "0x8086", "nvidia-745", "NVIDIA A2-4Q"))).isFalse();
    assertThat(Likeness.NONE.isLike(Likeness.NONE)).isFalse();
  }

  private static Likeness of(DeviceKind kind, String vendor, String id, String name) {
    return new Likeness(
        Optional.of(kind),
        Optional.of(vendor),
        Optional.of(id).filter(text -> !text.isEmpty()),
        Optional.of(name).filter(text -> !text.isEmpty()));
  }
}
