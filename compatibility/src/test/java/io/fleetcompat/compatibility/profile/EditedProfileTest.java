package io.fleetcompat.compatibility.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edited profile is the profile of the edited endpoint, however it was read. */
class EditedProfileTest {

  private static final int ROUNDS = 4000;

  private static final List<EndpointKind> KINDS =
      List.of(
          EndpointKind.MDEV_TYPE,
          EndpointKind.MDEV_DEVICE,
          EndpointKind.PCI_FUNCTION,
          EndpointKind.VIRTIO_DEVICE);

  private static final List<String> NAMES =
      List.of(
          "software_version",
          "device_api",
          "type/device_api",
          "type/name",
          "compatible_type",
          "compatible_pci_ids",
          "dynamic_resources",
          "migration_version",
          "migration_compatible",
          "features",
          "pci/vendor",
          "pci/device",
          "pci/revision",
          "fact/host.os_version",
          "fact/nvidia.vgpu_manager_version",
          "fact/mlx5.firmware",
          "fact/site.rack");

  private static final List<String> TEXTS =
      List.of(
          "1.2.0",
          "1.3.0",
          "9.04.0",
          "v1",
          "vfio-pci",
          "vfio_pci",
          "80865963, 8086:193b",
          "t,u",
          "",
          "0x8086",
          "8086",
          "0101",
          "01012",
          "SELF:\na=1\nCOMPATIBLE:\na=1",
          "{",
          "GRID V100-8Q");

  private static EndpointBuilder endpoint(EndpointKind kind, SortedMap<String, Attribute> values) {
    Optional<String> type =
        kind == EndpointKind.MDEV_TYPE || kind == EndpointKind.MDEV_DEVICE
            ? Optional.of("t")
            : Optional.empty();
    EndpointBuilder endpoint = EndpointBuilder.of(kind, type);
    endpoint.pci("vendor", "0x10de").pci("device", "0x1eb8").pci("driver", "nvidia");
    endpoint.type("software_version", "1.1.0").type("device_api", "vfio-pci");
    endpoint.own(kind == EndpointKind.MDEV_TYPE ? "software_version" : "device", "1.1.0");
    values.forEach((name, value) -> put(endpoint, kind, name, value));
    return endpoint;
  }

  private static void put(
      EndpointBuilder endpoint, EndpointKind kind, String name, Attribute value) {
    String path = name.substring(name.indexOf('/') + 1);
    boolean ofType = kind == EndpointKind.MDEV_DEVICE && !name.equals("migration_compatible");
    if (name.startsWith("fact/")) {
      endpoint.fact(path, value instanceof Attribute.Text(String text) ? text : "");
    } else if (name.startsWith("pci/")) {
      endpoint.pci(path, value);
    } else if (ofType) {
      endpoint.type(path, value);
    } else if (kind == EndpointKind.MDEV_TYPE || !name.startsWith("type/")) {
      endpoint.own(path, value);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261126})
  void itIsTheProfileOfTheEditedEndpoint(long seed) {
    Random random = new Random(seed);
    int edited = 0;
    for (int round = 0; round < ROUNDS; round++) {
      EndpointKind kind = KINDS.get(random.nextInt(KINDS.size()));
      SortedMap<String, Attribute> before = values(random, false);
      SortedMap<String, Attribute> changes = values(random, true);
      Profile from = endpoint(kind, before).profile();
      SortedMap<String, Attribute> after = new TreeMap<>(before);
      changes.forEach((name, value) -> set(after, name, value));
      Profile to = endpoint(kind, after).profile();
      assertThat(EditedProfile.of(from, changes).canonical())
          .as("seed %d, round %d: %s of %s by %s", seed, round, kind, before, changes)
          .isEqualTo(to.canonical());
      edited += from.equals(to) ? 0 : 1;
    }
    assertThat(edited).isGreaterThan(ROUNDS / 3);
  }

  /** Both names of the interface are one file. */
  private static void set(SortedMap<String, Attribute> values, String name, Attribute value) {
    if (name.equals("device_api")) {
      values.remove("type/device_api");
    } else if (name.equals("type/device_api")) {
      values.remove("device_api");
    }
    values.put(name, value);
  }

  private static SortedMap<String, Attribute> values(Random random, boolean mayRemove) {
    SortedMap<String, Attribute> values = new TreeMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      boolean isFact = name.startsWith("fact/");
      boolean removed = mayRemove && !isFact && random.nextInt(4) == 0;
      String text = text(name, random);
      set(values, name, removed ? Attribute.ABSENT : new Attribute.Text(text));
    }
    return values;
  }

  /** Ids are valid: of others the facets say in different words that they are not. */
  private static String text(String name, Random random) {
    if (name.equals("pci/vendor") || name.equals("pci/device")) {
      return random.nextBoolean() ? "0x8086" : "0x15b3";
    }
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return name.equals("features") && text.startsWith("0x") ? "0011" : text;
  }

  @Test
  void theDriverDecidesWhatIsKept() {
    Profile nvidia =
        EndpointBuilder.function()
            .pci("vendor", "0x15b3")
            .pci("driver", "nvidia")
            .fact("nvidia.vgpu_manager_version", "580.65.05")
            .profile();
    SortedMap<String, Attribute> changes = new TreeMap<>();
    changes.put("driver", new Attribute.Text("mlx5_vfio_pci"));
    changes.put("fact/mlx5.firmware", new Attribute.Text("28.39.1002"));
    assertThat(EditedProfile.of(nvidia, changes))
        .isEqualTo(
            EndpointBuilder.function()
                .pci("vendor", "0x15b3")
                .pci("driver", "mlx5_vfio_pci")
                .fact("mlx5.firmware", "28.39.1002")
                .profile());
  }

  @Test
  void whatADriverToldIsNotKnownOfAnother() {
    Profile one =
        EndpointBuilder.function()
            .pci("vendor", "0x15b3")
            .pci("driver", "mlx5_vfio_pci")
            .fact("mlx5.firmware", "28.39.1002")
            .profile();
    SortedMap<String, Attribute> told = new TreeMap<>();
    told.put("module/version", new Attribute.Text("6.1.0"));
    told.put("vfio/migration", new Attribute.Text("present"));
    told.put("fact/vfio.migration", new Attribute.Text("present"));
    Profile before = EditedProfile.of(one, told);
    assertThat(EditedProfile.values(before)).containsKeys("module/version", "vfio/migration");
    SortedMap<String, Attribute> other = new TreeMap<>();
    other.put("driver", new Attribute.Text("vfio-pci"));
    assertThat(EditedProfile.values(EditedProfile.of(before, other)))
        .doesNotContainKeys("module/version", "vfio/migration", "fact/vfio.migration")
        .containsEntry("pci/vendor", "0x15b3");
    other.put("module/version", new Attribute.Text("6.2.0"));
    assertThat(EditedProfile.values(EditedProfile.of(before, other)))
        .as("set by whoever asks")
        .containsEntry("module/version", "6.2.0");
    other.put("driver", new Attribute.Text("mlx5_vfio_pci"));
    assertThat(EditedProfile.values(EditedProfile.of(before, other)))
        .as("the same driver")
        .containsEntry("vfio/migration", "present");
  }

  @Test
  void featuresMayBeANumber() {
    Profile before = EndpointBuilder.virtio().own("features", "1").profile();
    SortedMap<String, Attribute> changes = new TreeMap<>();
    changes.put("features", new Attribute.Text("0x6"));
    assertThat(EditedProfile.of(before, changes))
        .isEqualTo(EndpointBuilder.virtio().own("features", "011").profile());
    assertThat(EditedProfile.values(EditedProfile.of(before, changes)))
        .containsEntry("features", "0x6");
  }

  @Test
  void theVersionOfADriverIsWhereverTheProfileHoldsIt() {
    EndpointBuilder type =
        EndpointBuilder.type("t").own("software_version", "1.3.0").pci("driver", "nvidia");
    assertThat(EditedProfile.driverVersions(type.profile())).containsExactly("software_version");
    type.fact("nvidia.vgpu_manager_version", "1.3.0");
    assertThat(EditedProfile.driverVersions(type.profile()))
        .containsExactly("fact/nvidia.vgpu_manager_version", "software_version");
    type.fact("host.os_version", "9.4");
    assertThat(EditedProfile.driverVersions(type.profile()))
        .as("two versions, and nobody says which is the driver's")
        .isEmpty();
    assertThat(EditedProfile.versionsEqualTo(type.profile(), "9.4"))
        .containsExactly("fact/host.os_version");
  }

  @Test
  void whatSaysWhichEndpointItIsIsNoAttribute() {
    assertThat(List.of("driver", "features", "fact/site.x", "compatible_x", "software_version"))
        .allMatch(EditedProfile::isAttribute);
    assertThat(List.of("kind", "mdev_type", "type/id", "form", "device kind", "nonsense", "fact/x"))
        .noneMatch(EditedProfile::isAttribute);
  }
}
