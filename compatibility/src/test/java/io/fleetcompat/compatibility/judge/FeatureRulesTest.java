package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.inventory.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md 3.4. */
class FeatureRulesTest {

  private static EndpointBuilder net(String features) {
    return EndpointBuilder.virtio()
        .own("device", "0x0001")
        .own("vendor", "0x1af4")
        .own("status", "0x0000000f")
        .own("features", features);
  }

  @ParameterizedTest
  @CsvSource({
    "1010, 1011, COMPATIBLE",
    "1010, 101, COMPATIBLE",
    "1, 1000, COMPATIBLE",
    "0, 0, COMPATIBLE",
    "1011, 1010, INCOMPATIBLE feature-bits",
    "0001, 1, INCOMPATIBLE feature-bits",
    "10x, 1, UNKNOWN feature-bits/malformed",
    "1, '', UNKNOWN feature-bits/malformed",
    "1, ' 1', UNKNOWN feature-bits/malformed"
  })
  void theBitsOfTheSourceAreAmongThoseOfTheDestination(
      String source, String destination, String verdict) {
    assertThat(Found.of(net(source), net(destination))).isEqualTo(verdict);
  }

  @Test
  void sixtyFourBitsAndAHundredAndTwentyEightAreOneProfileWhereTheRestIsZero() {
    String bits = "10".repeat(32);
    assertThat(net(bits).profile()).isEqualTo(net(bits + "0".repeat(64)).profile());
    EndpointBuilder high = net(bits + "0".repeat(63) + "1");
    assertThat(Found.of(net(bits), high)).isEqualTo("COMPATIBLE");
    assertThat(Found.verdict(high, net(bits)).reasons().getFirst().detail()).endsWith("bit 127");
  }

  @Test
  void eachMissingBitIsNamed() {
    Verdict verdict = Found.verdict(net("1000010000001"), net("1"));
    assertThat(verdict.reasons().getFirst().detail())
        .isEqualTo(
            "the destination lacks bit 5 (VIRTIO_NET_F_MAC), bit 12 (VIRTIO_NET_F_HOST_TSO6)");
  }

  @ParameterizedTest
  @CsvSource({
    "30, VIRTIO_F_BAD_FEATURE",
    "50, VIRTIO_NET_F_DEVICE_STATS",
    "51, VIRTIO_NET_F_HASH_TUNNEL",
    "65, VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO",
    "66, VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM",
    "67, VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO",
    "68, VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM"
  })
  void bitsOfNewerDevicesHaveTheirNames(int bit, String name) {
    String zeros = "0".repeat(128);
    String bits = zeros.substring(0, bit) + "1" + zeros.substring(bit + 1);
    assertThat(Found.verdict(net(bits), net(zeros)).reasons().getFirst().detail())
        .endsWith("bit %d (%s)".formatted(bit, name));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0001, 0x1af4, COMPATIBLE",
    "0X0001, 0x1AF4, COMPATIBLE",
    "0x0002, 0x1af4, INCOMPATIBLE virtio-device",
    "0x0001, 0x1000, INCOMPATIBLE virtio-device",
    "net, 0x1af4, UNKNOWN virtio-device/malformed",
    "0x0002, red hat, 'INCOMPATIBLE virtio-device, virtio-device/malformed'"
  })
  void deviceAndVendorAreEqual(String device, String vendor, String verdict) {
    assertThat(Found.of(net("1"), net("1").own("device", device).own("vendor", vendor)))
        .isEqualTo(verdict);
  }

  @Test
  void anAbsentIdIsUnknown() {
    EndpointBuilder none = net("1").own("vendor", Attribute.ABSENT);
    assertThat(Found.of(none, none)).isEqualTo("UNKNOWN virtio-device/absent");
  }

  @ParameterizedTest
  @CsvSource({
    "0x00000007, COMPATIBLE",
    "0xF, COMPATIBLE",
    "0x0000000b, UNKNOWN virtio-not-negotiated/absent",
    "0x00000000, UNKNOWN virtio-not-negotiated/absent",
    "0x00000087, UNKNOWN virtio-not-negotiated/absent",
    "0x1ffffffff, UNKNOWN virtio-not-negotiated/malformed",
    "7, UNKNOWN virtio-not-negotiated/malformed",
    "'', UNKNOWN virtio-not-negotiated/malformed"
  })
  void bitsMeanSomethingOnlyWhileADriverHoldsTheDevice(String status, String verdict) {
    assertThat(Found.of(net("11"), net("1").own("status", status)).replace(" feature-bits", ""))
        .isEqualTo(verdict.equals("COMPATIBLE") ? "INCOMPATIBLE" : verdict);
    assertThat(Found.of(net("1").own("status", status), net("1"))).isEqualTo(verdict);
  }

  @Test
  void withoutAStatusTheBitsAreTakenAsTheyAre() {
    EndpointBuilder none = net("1").own("status", Attribute.ABSENT);
    assertThat(Found.of(none, none)).isEqualTo("COMPATIBLE");
    assertThat(none.profile()).isEqualTo(net("1").profile());
  }

  @Test
  void anUnreadableStatusComesBeforeAMalformedOne() {
    EndpointBuilder unreadable = net("1").own("status", new Attribute.Unreadable("EIO"));
    assertThat(Found.of(net("1").own("status", "x"), unreadable))
        .isEqualTo("UNKNOWN virtio-not-negotiated/unreadable");
  }

  @Test
  void bitsThatMeanNothingAreNoPartOfTheProfile() {
    EndpointBuilder stale = net("1").own("status", "0x00000000");
    assertThat(stale.profile()).isEqualTo(net("1111").own("status", "0x00000000").profile());
  }

  @Test
  void everyVirtioDeviceHasTheFacet() {
    EndpointBuilder bare = EndpointBuilder.virtio();
    assertThat(bare.profile().facetIds()).containsExactly(FacetId.FEATURE_BITS);
    assertThat(Found.of(bare, bare)).isEqualTo("UNKNOWN virtio-device/absent, feature-bits/absent");
    assertThat(Found.of(net("1"), EndpointBuilder.function()))
        .isEqualTo("INCOMPATIBLE facet-missing");
    assertThat(Found.of(net("1"), EndpointBuilder.type("t")))
        .isEqualTo("UNKNOWN facet-missing/absent");
  }
}
