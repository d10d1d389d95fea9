package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.EndpointKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Migration operations that nobody has seen: of an NVIDIA vGPU, whose debugfs could show them, and
 * of a vGPU type, which has no device yet.
 */
class UnseenOperationsTest {

  private final Judge judge = new Judge(Set.of());

  private static EndpointBuilder vgpu(EndpointKind kind) {
    EndpointBuilder vgpu = EndpointBuilder.of(kind, Optional.of("nvidia-699"));
    for (String attribute : List.of("name NVIDIA A40-12Q", "device_api vfio-pci")) {
      String[] parts = attribute.split(" ", 2);
      vgpu = kind.isType() ? vgpu.own(parts[0], parts[1]) : vgpu.type(parts[0], parts[1]);
    }
    return vgpu.pci("vendor", "0x10de")
        .pci("device", "0x2235")
        .pci("driver", "nvidia")
        .fact("nvidia.vgpu_manager_version", "580.105.06")
        .fact("nvidia.ecc_mode", "Enabled");
  }

  private static EndpointBuilder device() {
    return vgpu(EndpointKind.MDEV_DEVICE);
  }

  private static EndpointBuilder type() {
    return vgpu(EndpointKind.MDEV_TYPE);
  }

  /** The warnings of a yes; also from profiles that were written down and read again. */
  private List<Warning> warnings(EndpointBuilder source, EndpointBuilder destination) {
    Profile from = Profile.parse(source.profile().canonical());
    Profile to = Profile.parse(destination.profile().canonical());
    Verdict verdict = judge.judge(from, to);
    assertThat(verdict.outcome()).as("%s", verdict.reasons()).isEqualTo(Outcome.COMPATIBLE);
    assertThat(judge.judge(source.profile(), destination.profile())).isEqualTo(verdict);
    assertThat(judge.outcome(from, to)).isEqualTo(Outcome.COMPATIBLE);
    return verdict.warnings();
  }

  @Test
  void aDeviceIsWarnedOfAtEitherSide() {
    EndpointBuilder seen = device().fact("vfio.migration", "present");
    assertThat(warnings(seen, seen)).isEmpty();
    assertThat(warnings(device(), seen))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.rule()).isEqualTo(FixedRule.NOT_MIGRATABLE);
              assertThat(warning.detail()).contains("source").doesNotContain("destination");
            });
    assertThat(warnings(seen, device()))
        .singleElement()
        .satisfies(warning -> assertThat(warning.detail()).contains("destination"));
  }

  @Test
  void aTypeIsNotSinceItHasNoDeviceThatCouldShowThem() {
    EndpointBuilder seen = device().fact("vfio.migration", "present");
    assertThat(warnings(seen, type())).isEmpty();
    assertThat(warnings(type(), type())).isEmpty();
    assertThat(warnings(device(), type()))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.detail()).contains("source").doesNotContain("destination"));
  }

  @Test
  void whatIsKnownOfATypeCounts() {
    EndpointBuilder seen = device().fact("vfio.migration", "present");
    assertThat(warnings(seen, type().fact("vfio.migration", "present"))).isEmpty();
    assertThat(outcome(seen, type().fact("vfio.migration", "absent")))
        .isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(outcome(type().fact("vfio.migration", "absent"), type()))
        .isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(outcome(device().fact("vfio.migration", "absent"), type()))
        .isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(outcome(seen, type().fact("vfio.migration", "perhaps"))).isEqualTo(Outcome.UNKNOWN);
  }

  private Outcome outcome(EndpointBuilder source, EndpointBuilder destination) {
    Outcome outcome = judge.outcome(source.profile(), destination.profile());
    assertThat(judge.judge(source.profile(), destination.profile()).outcome()).isEqualTo(outcome);
    return outcome;
  }
}
