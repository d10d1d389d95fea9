package io.fleetcompat.compatibility.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Related;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceClaimsTest {

  private static final EndpointName VF = EndpointName.device("0000:3b:00.4");

  /** Said of a device, and of its host; empty for nothing. */
  private static Endpoint device(EndpointKind kind, String driver, String own, String ofHost) {
    return new Endpoint(
            VF,
            kind,
            Optional.empty(),
            Attributes.NONE,
            Attributes.NONE,
            Attributes.of(Map.of("vendor", new Attribute.Text("0x15b3"), "driver", text(driver))))
        .with(new Related(Attributes.NONE, Attributes.NONE, fact(own)))
        .on(HostContext.of(Optional.empty(), List.of(), fact(ofHost)));
  }

  private static Attribute text(String text) {
    return new Attribute.Text(text);
  }

  private static Attributes fact(String value) {
    return value.isEmpty()
        ? Attributes.NONE
        : Attributes.of(Map.of("nova.live_migratable", text(value)));
  }

  private static Endpoint vf(String own, String ofHost) {
    return device(EndpointKind.PCI_FUNCTION, "mlx5_vfio_pci", own, ofHost);
  }

  private static Map<EndpointName, Claim> claims(Endpoint endpoint, String label) {
    return DeviceClaims.of(List.of(endpoint), label(label)).byDevice();
  }

  private static Map<String, String> label(String label) {
    return label.isEmpty() ? Map.of() : Map.of("live_migratable", label);
  }

  @Test
  void theMostSpecificOneCounts() {
    assertThat(claims(vf("", ""), "")).isEmpty();
    assertThat(claims(vf("", ""), "yes")).isEqualTo(Map.of(VF, Claim.YES));
    assertThat(claims(vf("", "no"), "yes")).isEqualTo(Map.of(VF, Claim.NO));
    assertThat(claims(vf("yes", "no"), "no")).isEqualTo(Map.of(VF, Claim.YES));
    assertThat(claims(vf("Yes", ""), "")).as("as Nova takes it").containsValue(Claim.YES);
  }

  @Test
  void aHostsClaimIsAboutItsVfioDevicesAlone() {
    Endpoint network = device(EndpointKind.PCI_FUNCTION, "mlx5_core", "", "yes");
    Endpoint virtio = device(EndpointKind.VIRTIO_DEVICE, "virtio-pci", "", "yes");
    Endpoint type = device(EndpointKind.MDEV_TYPE, "nvidia", "", "yes");
    Endpoint mdev = device(EndpointKind.MDEV_DEVICE, "nvidia", "", "yes");

    assertThat(claims(network, "yes")).isEmpty();
    assertThat(claims(virtio, "yes")).isEmpty();
    assertThat(claims(type, "yes")).isEmpty();
    assertThat(claims(mdev, "")).containsValue(Claim.YES);
    assertThat(claims(device(EndpointKind.PCI_FUNCTION, "mlx5_core", "no", ""), ""))
        .as("said of the device itself")
        .containsValue(Claim.NO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maybe", "true", " ", "yes no"})
  void aMalformedOneIsAProblemAndNoClaimNorIsTheNextOneTaken(String value) {
    DeviceClaims ofDevice = DeviceClaims.of(List.of(vf(value, "yes")), label("yes"));
    DeviceClaims ofHost = DeviceClaims.of(List.of(vf("", value), vf("", value)), label("yes"));
    DeviceClaims ofLabel = DeviceClaims.of(List.of(vf("", "")), label(value));

    assertThat(ofDevice.byDevice()).isEmpty();
    assertThat(ofHost.byDevice()).isEmpty();
    assertThat(ofLabel.byDevice()).isEmpty();
    assertThat(ofDevice.problems())
        .containsExactly(problem("fact/nova.live_migratable of 0000:3b:00.4", value));
    assertThat(ofHost.problems())
        .as("once")
        .containsExactly(problem("fact/nova.live_migratable of the host", value));
    assertThat(ofLabel.problems()).containsExactly(problem("label/live_migratable", value));
  }

  private static Problem problem(String path, String value) {
    return new Problem(
        path, ProblemCode.MALFORMED, "expected one of yes, no, found '" + value.strip() + "'");
  }

  @Test
  void aFactThatIsTooOldClaimsNothing() {
    Endpoint stale =
        vf("", "")
            .with(
                new Related(
                    Attributes.NONE,
                    Attributes.NONE,
                    Attributes.of(
                        Map.of("nova.live_migratable", new Attribute.Malformed("stale")))));

    assertThat(DeviceClaims.of(List.of(stale), label("yes")).byDevice()).isEmpty();
    assertThat(DeviceClaims.of(List.of(stale), Map.of()).problems())
        .extracting(Problem::detail)
        .containsExactly("stale");
  }

  @Test
  void itIsPartOfNoProfile() {
    assertThat(Profile.of(vf("yes", "no"))).isEqualTo(Profile.of(vf("", "")));
    assertThat(Profile.of(vf("maybe", ""))).isEqualTo(Profile.of(vf("", "")));
  }
}
