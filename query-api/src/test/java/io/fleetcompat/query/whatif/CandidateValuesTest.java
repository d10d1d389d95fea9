package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.query.whatif.RawFleet.RawEndpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The values that may be set everywhere are those that hosts have and can have. */
class CandidateValuesTest {

  private static Profile type(String version) {
    return new RawEndpoint(
            EndpointKind.MDEV_TYPE,
            Map.of("device_api", "vfio-pci", "software_version", version),
            Map.of("vendor", "0x8086", "driver", "i915"))
        .profile("0000:00:02.0/t-1");
  }

  private static Profile virtio(String features) {
    return new RawEndpoint(
            EndpointKind.VIRTIO_DEVICE,
            Map.of("device", "0x0001", "vendor", "0x1af4", "features", features),
            Map.of())
        .profile("virtio0");
  }

  @Test
  void whatNobodyCanReadIsNoCandidate() {
    List<Profile> profiles =
        Stream.of("1.2.0", "x", "1.1.0", "1.2.0").map(CandidateValuesTest::type).toList();
    assertThat(CandidateValues.of("software_version", profiles)).containsExactly("1.1.0", "1.2.0");
  }

  @Test
  void anAttributeThatNobodyHasHasNone() {
    assertThat(CandidateValues.of("features", List.of(type("1.2.0")))).isEmpty();
    assertThat(CandidateValues.of("software_version", List.of(virtio("11")))).isEmpty();
  }

  @Test
  void ofFeaturesThoseThatAllHaveAreTheOnlyCandidate() {
    List<Profile> profiles = List.of(virtio("1101"), virtio("1011"), virtio("1111"));
    assertThat(CandidateValues.of("features", profiles)).containsExactly("0x9");
  }

  @Test
  void noMoreThanTheBoundAreTried() {
    List<Profile> profiles = IntStream.range(0, 40).mapToObj(n -> type("1.2." + n)).toList();
    assertThat(CandidateValues.of("software_version", profiles))
        .hasSize(CandidateValues.MAX_VALUES)
        .isSubsetOf(IntStream.range(0, 40).mapToObj(n -> "1.2." + n).toList());
  }
}
