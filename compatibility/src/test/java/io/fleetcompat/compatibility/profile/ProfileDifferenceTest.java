package io.fleetcompat.compatibility.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.NastyEndpoints;
import io.fleetcompat.inventory.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileDifferenceTest {

  private static List<String> between(EndpointBuilder from, EndpointBuilder to) {
    return ProfileDifference.between(from.profile().canonical(), to.profile().canonical()).stream()
        .map(
            difference ->
                difference.name()
                    + " "
                    + difference.from().orElse("-")
                    + " > "
                    + difference.to().orElse("-")
                    + (difference.isUpgrade() ? " upgrade" : ""))
        .toList();
  }

  private static EndpointBuilder type(String version) {
    return EndpointBuilder.type("t").own("device_api", "vfio-pci").own("software_version", version);
  }

  @Test
  void aVersionThatIsAnotherIsAnUpgradeUpOrDown() {
    assertThat(between(type("1.2.0"), type("1.3.0")))
        .containsExactly("software_version 1.2.0 > 1.3.0 upgrade");
    assertThat(between(type("1.3.0"), type("1.2.0")))
        .containsExactly("software_version 1.3.0 > 1.2.0 upgrade");
    assertThat(between(type("1.3.0"), type("1.3.0"))).isEmpty();
  }

  @Test
  void aVersionThatCannotBeReadIsNone() {
    assertThat(between(type("1.2.0"), type("x")))
        .singleElement()
        .asString()
        .startsWith("software_version 1.2.0 > malformed: expected major.minor");
    EndpointBuilder unreadable =
        EndpointBuilder.type("t")
            .own("device_api", "vfio-pci")
            .own("software_version", new Attribute.Unreadable("EIO"));
    assertThat(between(unreadable, type("1.2.0")))
        .containsExactly("software_version unreadable: EIO > 1.2.0");
  }

  @Test
  void listsFeaturesAndIdsAreNamedAsAnOperatorKnowsThem() {
    assertThat(
            between(
                type("1.2.0").own("compatible_type", "a,b").pci("vendor", "0x8086"),
                type("1.2.0").own("compatible_type", "a").pci("vendor", "0x10de")))
        .containsExactly("compatible_type a, b > a", "pci/vendor 0x8086 > 0x10de");
    assertThat(
            between(
                EndpointBuilder.virtio().own("features", "0101"),
                EndpointBuilder.virtio().own("features", "01010001")))
        .containsExactly("features 0xa > 0x8a");
    assertThat(between(EndpointBuilder.type("t"), EndpointBuilder.type("u")))
        .contains("mdev_type t > u");
    assertThat(
            between(
                EndpointBuilder.type("t").own("migration_version", "a"),
                EndpointBuilder.type("t").own("migration_version", "b")))
        .containsExactly("migration_version a > b upgrade");
  }

  @Test
  void profilesDifferExactlyWhereADifferenceIsTold() {
    long seed = System.nanoTime();
    NastyEndpoints endpoints = new NastyEndpoints(seed);
    for (int i = 0; i < 2000; i++) {
      String from = endpoints.next().profile().canonical();
      String to = endpoints.next().profile().canonical();
      assertThat(ProfileDifference.between(from, to).isEmpty())
          .as("seed %d: %s %s", seed, from, to)
          .isEqualTo(from.equals(to));
      assertThat(ProfileDifference.between(from, from)).as("seed %d", seed).isEmpty();
    }
  }
}
