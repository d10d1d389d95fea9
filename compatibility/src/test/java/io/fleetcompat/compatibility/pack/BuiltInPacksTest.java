package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each built-in pack on values as real hosts have them. */
class BuiltInPacksTest {

  private static final RulePacks PACKS = RulePacks.builtIn();

  private static final PackSide NVIDIA =
      PackSide.of(DeviceKind.MDEV, "nvidia")
          .with("type/id", "nvidia-558")
          .with("type/name", "NVIDIA A40-12Q")
          .with("type/device_api", "vfio-pci")
          .with("pci/vendor", "0x10de")
          .with("pci/device", "0x2235")
          .with("pci/subsystem_device", "0x145a")
          .with("module/version", "580.105.06")
          .with("fact/nvidia.ecc_mode", "Enabled")
          .with("vfio/migration", "present");

  private static final PackSide XE =
      PackSide.of(DeviceKind.PCI, "xe-vfio-pci")
          .with("pci/vendor", "0x8086")
          .with("pci/device", "0xe211")
          .with("pci/revision", "0x00")
          .with("pci/class", "0x030000")
          .with("vfio/migration", "present")
          .with("fact/xe.guc_release", "70.54.0")
          .with("fact/xe.guc_compatibility", "1.27.0");

  private static final PackSide QAT =
      PackSide.of(DeviceKind.PCI, "qat_vfio_pci")
          .with("pci/vendor", "0x8086")
          .with("pci/device", "0x4941")
          .with("pci/revision", "0x40")
          .with("pci/class", "0x0b4000")
          .with("vfio/migration", "present")
          .with("physfn/qat/cfg_services", "sym;dc")
          .with("fact/qat.accel_capabilities_mask", "0x6")
          .with("fact/qat.extended_dc_capabilities", "0x0")
          .with("fact/qat.sla", "");

  private static final PackSide MLX5 =
      PackSide.of(DeviceKind.PCI, "mlx5_vfio_pci")
          .with("pci/vendor", "0x15b3")
          .with("pci/device", "0x101e")
          .with("pci/revision", "0x00")
          .with("pci/class", "0x020000")
          .with("vfio/migration", "present")
          .with("physfn/infiniband/link_layer", "Ethernet")
          .with("physfn/infiniband/fw_ver", "22.35.1012")
          .with("fact/mlx5.migratable", "enable");

  private static final PackSide HISI =
      PackSide.of(DeviceKind.PCI, "hisi_acc_vfio_pci")
          .with("pci/vendor", "0x19e5")
          .with("pci/device", "0xa256")
          .with("pci/revision", "0x21")
          .with("pci/class", "0x100000")
          .with("fact/vfio.migration", "present")
          .with("fact/hisi_acc.queue_pairs", "4")
          .with("fact/hisi_acc.isolation", "0");

  private static final PackSide VIRTIO =
      PackSide.of(DeviceKind.PCI, "virtio_vfio_pci")
          .with("pci/vendor", "0x1af4")
          .with("pci/device", "0x1041")
          .with("pci/revision", "0x01")
          .with("pci/class", "0x020000")
          .with("vfio/migration", "present")
          .with("fact/virtio.transitional", "no")
          .with("fact/vfio.firmware", "1.2");

  private static final PackSide MTTY =
      PackSide.of(DeviceKind.MDEV, "")
          .with("type/id", "mtty-2")
          .with("type/name", "Dual port serial")
          .with("type/device_api", "vfio-pci")
          .with("vfio/migration", "present");

  private static final PackSide AP =
      PackSide.of(DeviceKind.MDEV, "vfio_ap").with("type/id", "vfio_ap-passthrough");

  private static final PackSide ABLE_AP =
      AP.with("fact/vfio_ap.migration", "yes")
          .with("endpoint/matrix", "05.0004")
          .with("endpoint/control_domains", "0004")
          .with("fact/vfio_ap.card_types", "05:C:7");

  private static PackAnswer answer(PackSide source, PackSide destination) {
    return answer(PACKS, source, destination);
  }

  private static PackAnswer answer(RulePacks packs, PackSide source, PackSide destination) {
    RulePack pack = packs.select(source.kind(), source.driver(), source).orElseThrow();
    return PackAnswer.of(pack, source, destination);
  }

  private static RulePacks with(String option, String value) throws BadYamlException {
    return PACKS.with(new TreeMap<>(), new TreeMap<>(Map.of(option, value)));
  }

  private static void isCompatible(PackAnswer answer) {
    assertThat(answer.failed()).isEmpty();
    assertThat(answer.unknown()).isEmpty();
  }

  /** What the answer is once the same is done to each side alone, and to both. */
  private static List<PackAnswer> changed(PackSide side, UnaryOperator<PackSide> change) {
    return List.of(
        answer(side, change.apply(side)),
        answer(change.apply(side), side),
        answer(change.apply(side), change.apply(side)));
  }

  @Test
  void equalDevicesOfEachFamilyAreCompatible() {
    for (PackSide side : List.of(NVIDIA, XE, QAT, MLX5, HISI, VIRTIO, MTTY)) {
      PackAnswer answer = answer(side, side);
      isCompatible(answer);
      assertThat(answer.warnings()).as(side.driver()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MDEV, nvidia, nvidia-mdev",
    "NVIDIA_VF, nvidia, nvidia-vfio",
    "PCI, xe-vfio-pci, xe",
    "PCI, qat_vfio_pci, qat_vf",
    "PCI, mlx5_vfio_pci, mlx5",
    "PCI, hisi_acc_vfio_pci, hisi_acc",
    "PCI, virtio_vfio_pci, virtio-vfio",
    "PCI, pds_vfio_pci, pds",
    "PCI, vfio-pci, vfio-pci",
    "PCI, nvgrace_gpu_vfio_pci, nvgrace-gpu",
    "PCI, ism_vfio_pci, ism",
    "MDEV, vfio_ccw, vfio-ccw",
    "MDEV, vfio_ap, vfio-ap",
    "PCI, some_vfio_pci, other-vfio",
    "MDEV, i915, other-mdev",
    "MDEV, '', other-mdev",
    "PCI, mlx5_core, ''",
    "PCI, '', ''",
    "VIRTIO, virtio_net, ''"
  })
  void aDriverSelectsItsPack(DeviceKind kind, String driver, String pack) {
    assertThat(PACKS.select(kind, driver, address -> new Parsed.Absent<>()).map(RulePack::id))
        .isEqualTo(pack.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(pack));
  }

  @Test
  void aFamilyWithoutMigrationIsNotMigratable() {
    for (String driver : List.of("vfio-pci", "nvgrace_gpu_vfio_pci", "ism_vfio_pci")) {
      PackSide side = PackSide.of(DeviceKind.PCI, driver);
      assertThat(answer(side, side).failed()).containsExactly("not-migratable");
    }
    PackSide ccw = PackSide.of(DeviceKind.MDEV, "vfio_ccw");
    assertThat(answer(ccw, ccw).failed()).containsExactly("not-migratable");
  }

  @Test
  void ofAnyOtherDriverNothingIsKnown() {
    PackSide other = PackSide.of(DeviceKind.PCI, "some_vfio_pci");

    assertThat(answer(other, other).unknown()).containsExactly("no-rules");
  }

  @Test
  void withoutMigrationOperationsNoDeviceMigrates() {
    for (PackSide side : List.of(NVIDIA, XE, QAT, MLX5, HISI, VIRTIO, MTTY)) {
      for (PackAnswer answer : changed(side, s -> s.with("vfio/migration", "absent"))) {
        assertThat(answer.failed()).as(side.driver()).contains("not-migratable");
      }
    }
  }

  @Test
  void whatTheDriverMayBindWithoutMustBeKnown() {
    for (PackSide side : List.of(XE, QAT, MLX5, VIRTIO, MTTY)) {
      for (PackAnswer answer : changed(side, s -> s.without("vfio/migration"))) {
        assertThat(answer.unknown()).as(side.driver()).containsExactly("not-migratable");
      }
      isCompatible(
          answer(side, side.without("vfio/migration").with("fact/vfio.migration", "present")));
    }
    assertThat(
            answer(MLX5, MLX5.with("vfio/migration", new Parsed.Unreadable<>("EACCES"))).unknown())
        .containsExactly("not-migratable");
  }

  @Test
  void configurationSpaceIsComparedLate() {
    for (PackSide side : List.of(XE, QAT, MLX5, HISI, VIRTIO)) {
      String pack = PACKS.select(side.kind(), side.driver(), side).orElseThrow().id();
      PackAnswer answer = answer(side, side.with("pci/revision", "0x99"));
      assertThat(answer.failed()).containsExactly(pack + "/revision");
      assertThat(answer.late()).containsExactly(pack + "/revision");
      assertThat(answer(side, side.without("pci/class")).unknown())
          .containsExactly(pack + "/class");
      assertThat(answer(side, side.with("pci/device", "0x9999")).failed())
          .containsExactly(pack + "/device");
    }
  }

  @Test
  void namesOfOneNvidiaTypeAreOne() {
    isCompatible(answer(NVIDIA, NVIDIA.with("type/name", "GRID A40-12Q")));
    assertThat(answer(NVIDIA, NVIDIA.with("type/name", "NVIDIA A40-12C")).failed())
        .containsExactly("type-name");
    assertThat(answer(NVIDIA, NVIDIA.without("type/name")).unknown()).containsExactly("type-name");
  }

  @Test
  void nvidiaManagersAreEqualUnlessTheOptionSaysOtherwise() throws BadYamlException {
    PackSide newer = NVIDIA.with("module/version", "580.126.09");
    assertThat(answer(NVIDIA, newer).failed()).containsExactly("nvidia-mdev/vgpu-manager-version");
    assertThat(answer(NVIDIA, NVIDIA.without("module/version")).unknown())
        .containsExactly("nvidia-mdev/vgpu-manager-version");

    RulePacks any = with("nvidia-mdev.vgpu-manager-version", "any");
    String anyRule = "nvidia-mdev/vgpu-manager-version-or-platform";
    isCompatible(answer(any, NVIDIA, NVIDIA));
    assertThat(answer(any, NVIDIA, newer).unknown()).containsExactly(anyRule);
    assertThat(answer(any, NVIDIA, NVIDIA.without("module/version")).unknown())
        .containsExactly(anyRule);
    PackSide rhel = NVIDIA.with("fact/host.os_id", "rhel").with("fact/host.os_version", "9.6");
    PackSide rhelNewer = rhel.with("module/version", "580.126.09");
    isCompatible(answer(any, rhel, rhel.without("module/version")));
    for (String version : List.of("9.6", "9.10", "10.0", "10", "11.2")) {
      isCompatible(answer(any, rhel, rhelNewer.with("fact/host.os_version", version)));
    }
    for (String version : List.of("9.4", "9", "8.10", "9.0")) {
      PackSide older = rhelNewer.with("fact/host.os_version", version);
      for (PackAnswer answer : List.of(answer(any, rhel, older), answer(any, older, rhel))) {
        assertThat(answer.failed()).contains(anyRule);
        assertThat(answer.late()).containsExactly(anyRule);
      }
    }
    assertThat(answer(any, rhel, rhelNewer.with("fact/host.os_id", "ubuntu")).failed())
        .containsExactly(anyRule);
    assertThat(answer(any, rhel, rhelNewer.without("fact/host.os_version")).unknown())
        .containsExactly(anyRule);
    assertThat(
            answer(
                    rhel.with("fact/host.os_version", "10.0"),
                    rhel.with("fact/host.os_version", "9.4"))
                .failed())
        .containsExactly("nvidia-mdev/rhel-9.4-and-10");
  }

  @Test
  void aRhelOfNvidiaBeforeWhatIsDocumentedIsANo() {
    PackSide rhel = NVIDIA.with("fact/host.os_id", "rhel");
    PackSide documented = rhel.with("fact/host.os_version", "9.4");
    for (String version : List.of("8.10", "9", "9.0", "9.2")) {
      for (PackAnswer answer :
          changed(documented, side -> side.with("fact/host.os_version", version))) {
        assertThat(answer.failed()).containsExactly("nvidia-mdev/platform");
      }
    }
    assertThat(answer(documented, documented).warnings()).isEmpty();
    isCompatible(answer(rhel, documented));
    PackSide unlisted = rhel.with("fact/host.os_version", "9.5");
    isCompatible(answer(documented, unlisted));
    assertThat(answer(documented, unlisted).warnings())
        .containsExactly("nvidia-mdev/listed-release");
  }

  @Test
  void aYesOfNvidiaSaysThatNobodyHasSeenMigrationOperations() {
    for (PackAnswer answer : changed(NVIDIA, side -> side.without("vfio/migration"))) {
      isCompatible(answer);
      assertThat(answer.warnings()).containsExactly("not-migratable");
    }
  }

  @Test
  void eccMustBeKnownUnlessTheOptionSaysOtherwise() throws BadYamlException {
    PackSide unknown = NVIDIA.without("fact/nvidia.ecc_mode");
    PackSide off = NVIDIA.with("fact/nvidia.ecc_mode", "Disabled");
    PackSide without = NVIDIA.with("fact/nvidia.ecc_mode", "N/A");
    assertThat(answer(NVIDIA, off).failed()).containsExactly("nvidia-mdev/ecc-mode");
    assertThat(answer(NVIDIA, off).late()).containsExactly("nvidia-mdev/ecc-mode");
    assertThat(answer(NVIDIA, without).failed()).containsExactly("nvidia-mdev/ecc-mode");
    isCompatible(answer(without, without));
    assertThat(answer(NVIDIA, unknown).unknown()).containsExactly("nvidia-mdev/ecc-mode");

    RulePacks lax = with("nvidia-mdev.ecc", "if-known");
    isCompatible(answer(lax, NVIDIA, unknown));
    assertThat(answer(lax, NVIDIA, unknown).warnings())
        .containsExactly("nvidia-mdev/ecc-mode-if-known");
    assertThat(answer(lax, NVIDIA, off).failed()).hasSize(1);
    assertThat(
            answer(
                    lax,
                    NVIDIA,
                    NVIDIA.with("fact/nvidia.ecc_mode", new Parsed.Malformed<>("stale")))
                .unknown())
        .hasSize(1);
  }

  @Test
  void whatIsOnlyInferredOfNvidiaWarns() {
    PackSide mig = NVIDIA.with("type/name", "NVIDIA H100-1-10C");
    assertThat(answer(mig, mig).warnings()).containsExactly("nvidia-mdev/mig-mode");
    assertThat(answer(NVIDIA, NVIDIA.with("pci/subsystem_device", "0x1")).warnings())
        .containsExactly("nvidia-mdev/board");
    PackSide guest = NVIDIA.with("fact/nvidia.guest_vgpu_version", "8");
    PackSide host =
        NVIDIA.with("fact/nvidia.vgpu_version_min", "3").with("fact/nvidia.vgpu_version_max", "7");
    assertThat(answer(guest, host).warnings()).containsExactly("nvidia-mdev/guest-vgpu-version");
    assertThat(answer(guest, NVIDIA).warnings()).isEmpty();
    assertThat(answer(guest.with("fact/nvidia.guest_vgpu_version", "5"), host).warnings())
        .isEmpty();
  }

  @Test
  void xeNeedsProofOfMigrationAndItsFirmwareProvesNothingAlone() {
    PackSide unseen = XE.without("vfio/migration");
    assertThat(answer(XE, unseen).unknown()).containsExactly("not-migratable");
    assertThat(answer(unseen, unseen.with("fact/xe.guc_release", "70.49.4")).unknown())
        .containsExactly("not-migratable", "xe/guc-release");
    PackSide none = XE.with("vfio/migration", "absent").with("fact/vfio.migration", "absent");
    assertThat(answer(none, none.with("fact/xe.guc_release", "70.49.4")).failed())
        .containsExactly("not-migratable", "xe/guc-release");
    isCompatible(answer(XE, XE.with("fact/xe.guc_release", "70.49.4")));
    isCompatible(answer(XE, XE.without("fact/xe.guc_release")));
    assertThat(answer(unseen, unseen.without("fact/xe.guc_release")).unknown())
        .containsExactly("not-migratable", "xe/guc-release");
    assertThat(answer(XE, XE.with("fact/xe.guc_compatibility", "1.26.9")).warnings())
        .containsExactly("xe/guc-compatibility");
  }

  @Test
  void qatTakesMoreAndNeverLess() {
    isCompatible(answer(QAT, QAT.with("physfn/qat/cfg_services", "dc;sym")));
    assertThat(answer(QAT, QAT.with("physfn/qat/cfg_services", "dc;asym")).failed())
        .containsExactly("qat_vf/services");
    isCompatible(answer(QAT, QAT.with("fact/qat.accel_capabilities_mask", "0xe")));
    assertThat(answer(QAT, QAT.with("fact/qat.accel_capabilities_mask", "0x2")).failed())
        .containsExactly("qat_vf/capabilities");
    assertThat(answer(QAT, QAT.without("fact/qat.accel_capabilities_mask")).unknown())
        .containsExactly("qat_vf/capabilities");
    PackSide silent =
        QAT.without("fact/qat.accel_capabilities_mask")
            .without("fact/qat.extended_dc_capabilities")
            .without("fact/qat.sla");
    isCompatible(answer(silent, silent));
    assertThat(answer(silent, silent).warnings())
        .containsExactly(
            "qat_vf/capabilities", "qat_vf/compression-capabilities", "qat_vf/rate-limits");
  }

  @ParameterizedTest
  @CsvSource({
    "sym:0xf:100:200, sym:0xf:150:200, true",
    "sym:0xf:100:200, sym:0xf:150:100, false",
    "sym:0xf:100:200, dc:0xf:200:200, false",
    "sym:0xf:100:200, '', false",
    "'', sym:0xf:100:200, true"
  })
  void aRateLimitIsDominated(String source, String destination, boolean satisfied) {
    PackAnswer answer =
        answer(QAT.with("fact/qat.sla", source), QAT.with("fact/qat.sla", destination));

    assertThat(answer.failed().isEmpty()).isEqualTo(satisfied);
    assertThat(answer.late()).isEqualTo(answer.failed());
  }

  @Test
  void mlx5NeedsMigratableOfBoth() {
    for (PackAnswer answer : changed(MLX5, s -> s.with("fact/mlx5.migratable", "disable"))) {
      assertThat(answer.failed()).containsExactly("mlx5/migratable");
    }
    assertThat(answer(MLX5, MLX5.without("fact/mlx5.migratable")).unknown())
        .containsExactly("mlx5/migratable");
    assertThat(answer(MLX5, MLX5.with("physfn/infiniband/link_layer", "InfiniBand")).failed())
        .containsExactly("mlx5/link-layer");
    assertThat(answer(MLX5, MLX5.with("physfn/infiniband/fw_ver", "22.36.1")).warnings())
        .containsExactly("mlx5/firmware");
    isCompatible(answer(MLX5, MLX5.with("physfn/infiniband/fw_ver", "22.36.1")));
  }

  @Test
  void hisiComparesEarly() {
    assertThat(answer(HISI, HISI.with("fact/hisi_acc.queue_pairs", "8")).failed())
        .containsExactly("hisi_acc/queue-pairs");
    assertThat(answer(HISI, HISI.with("pci/device", "0xa259")).late()).isEmpty();
    assertThat(answer(HISI, HISI.without("fact/hisi_acc.isolation")).unknown())
        .containsExactly("hisi_acc/isolation");
    PackSide two = HISI.with("fact/hisi_acc.stream_version", "2");
    PackSide one = HISI.with("fact/hisi_acc.stream_version", "1");
    assertThat(answer(two, one).warnings()).containsExactly("hisi_acc/stream-version");
    assertThat(answer(one, two).warnings()).isEmpty();
  }

  @Test
  void aDeviceThatDecidesItselfWarnsWhereItsFirmwareDiffersOrIsUnknown() {
    assertThat(answer(VIRTIO, VIRTIO.with("fact/vfio.firmware", "1.3")).warnings())
        .containsExactly("virtio-vfio/firmware");
    assertThat(answer(VIRTIO, VIRTIO.without("fact/vfio.firmware")).warnings())
        .containsExactly("virtio-vfio/firmware");
  }

  @Test
  void aVirtioNetworkDeviceMayBeShownAsAnotherOne() {
    PackSide transitional = VIRTIO.with("fact/virtio.transitional", "yes");
    assertThat(answer(VIRTIO, transitional).failed()).containsExactly("virtio-vfio/transitional");
    assertThat(answer(VIRTIO, VIRTIO.without("fact/virtio.transitional")).warnings())
        .containsExactly("virtio-vfio/transitional");
    PackSide block = VIRTIO.with("pci/device", "0x1042").without("fact/virtio.transitional");
    assertThat(answer(block, block).warnings()).isEmpty();
  }

  @Test
  void mttyComparesItsPorts() {
    PackSide single = MTTY.with("type/id", "mtty-1").with("type/name", "Single port serial");

    assertThat(answer(MTTY, single).failed()).containsExactly("mtty/ports", "type-name");
  }

  @Test
  void vfioApNeedsWhatNoKernelHas() {
    assertThat(answer(AP, AP).failed()).containsExactly("not-migratable");
    PackSide able =
        AP.with("fact/vfio_ap.migration", "yes")
            .with("endpoint/matrix", "05.0004\n06.0004")
            .with("endpoint/control_domains", "0004")
            .with("fact/vfio_ap.card_types", "05:C:7,06:C:8");
    assertThat(answer(able, AP).failed()).containsExactly("not-migratable");
    isCompatible(answer(able, able.with("endpoint/matrix", "06.0004\n05.0004")));
    assertThat(answer(able, able.with("endpoint/matrix", "05.0004")).failed())
        .containsExactly("vfio-ap/queues");
    assertThat(answer(able, able.without("endpoint/matrix")).unknown())
        .containsExactly("vfio-ap/queues");
    isCompatible(answer(able, able.with("fact/vfio_ap.card_types", "05:C:8,06:C:8")));
    for (String types : List.of("05:C:8,06:C:7", "05:C:8,06:P:8")) {
      assertThat(answer(able, able.with("fact/vfio_ap.card_types", types)).failed())
          .containsExactly("vfio-ap/card-types");
    }
    for (String types : List.of("CEX8C", "05:C:8")) {
      PackSide some = able.with("fact/vfio_ap.card_types", types);
      assertThat(answer(able, some).unknown()).containsExactly("vfio-ap/card-types");
      assertThat(answer(some, some).unknown()).containsExactly("vfio-ap/card-types");
    }
  }

  @Test
  void vfioApIsUnknownWhereNobodyCanReadWhetherTheKernelMigratesIt() {
    PackSide able = ABLE_AP;
    PackSide garbled = able.with("fact/vfio_ap.migration", "ja");
    assertThat(answer(able, garbled).unknown()).containsExactly("not-migratable");
    assertThat(answer(garbled, garbled).unknown()).containsExactly("not-migratable");
    assertThat(answer(garbled, able.with("endpoint/matrix", "06.0004")).failed())
        .containsExactly("vfio-ap/queues");
    assertThat(answer(garbled, able.with("fact/vfio_ap.migration", "no")).failed())
        .containsExactly("not-migratable");
    assertThat(answer(garbled, able.without("fact/vfio_ap.migration")).failed())
        .containsExactly("not-migratable");
  }

  @Test
  void aTypeThatIsNoneIsEqualToNoOther() {
    for (String api : List.of("zz!", "vfio-mdev", "vfio-pci\nvfio-pci")) {
      PackSide odd = MTTY.with("type/device_api", api);
      assertThat(answer(odd, odd).unknown()).as(api).containsExactly("mtty/type-device_api");
    }
    for (String types : List.of("=05:C:7", "0A:C:7", "05:C:7,zz!", "05:Q:7")) {
      PackSide odd = ABLE_AP.with("fact/vfio_ap.card_types", types);
      assertThat(answer(odd, odd).unknown()).as(types).containsExactly("vfio-ap/card-types");
    }
    PackSide twice = MTTY.with("type/name", "Dual port serial\nDual port serial");
    assertThat(answer(twice, twice).unknown()).containsExactly("type-name");
  }

  @Test
  void aNativeDriverIsNotAnotherFamily() {
    assertThat(PACKS.find("mlx5").orElseThrow().match().isNotBound("mlx5_core")).isTrue();
    assertThat(PACKS.find("mlx5").orElseThrow().match().isNotBound("iavf")).isFalse();
  }

  @Test
  void everyUnknownSaysHowToSupplyTheValue() {
    for (RulePack pack : PACKS.all()) {
      for (PackRule rule : pack.rules()) {
        RuleOperand from = rule.operand(address -> new Parsed.Absent<>(), false, Side.SOURCE);
        RuleOperand to = rule.operand(address -> new Parsed.Absent<>(), false, Side.DESTINATION);
        RuleResult result = rule.judge(from, to);
        if (result == RuleResult.UNJUDGED || result == RuleResult.TOLERATED) {
          Shortfall unjudged = new JudgedRule(rule, result, from, to).shortfall();
          assertThat(unjudged.detail())
              .startsWith(rule.address() + " is absent at ")
              .contains("; to supply it: " + rule.supply());
        }
      }
    }
  }
}
