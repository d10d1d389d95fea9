package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An mdev device whose {@code mdev_type} leads to no type: what the type demands is not known, so
 * it is never compatible; what the type offers is not known, so nothing is missing for sure.
 */
class UnseenTypeTest {

  private static final List<Attribute> WHYS =
      List.of(
          MdevTypeLink.NOTHING_THERE,
          new Attribute.Unreadable("EXDEV"),
          new Attribute.Malformed("expected a link"));

  private static EndpointBuilder unseen(Attribute why) {
    return self(EndpointBuilder.device("t").type("mdev_type", why));
  }

  private static EndpointBuilder self(EndpointBuilder endpoint) {
    return endpoint.own("migration/self", "a=1").own("migration/compatible", "a=1");
  }

  private static EndpointBuilder seen(String type) {
    return self(
        EndpointBuilder.device(type)
            .type("software_version", "1.2")
            .type("device_api", "vfio-pci"));
  }

  @Test
  void asTheSourceItIsNeverCompatibleWhateverElseFits() {
    for (Attribute why : WHYS) {
      for (EndpointBuilder destination :
          List.of(seen("t"), seen("u"), self(EndpointBuilder.device("t")), unseen(why))) {
        assertThat(Found.of(unseen(why), destination)).startsWith("UNKNOWN mdev-type/");
      }
    }
  }

  @Test
  void theReasonNamesWhatIsMissing() {
    assertThat(Found.of(unseen(MdevTypeLink.NOTHING_THERE), seen("t")))
        .isEqualTo("UNKNOWN mdev-type/absent");
    assertThat(Found.of(unseen(WHYS.get(1)), seen("t"))).isEqualTo("UNKNOWN mdev-type/unreadable");
    assertThat(Found.of(unseen(WHYS.get(2)), seen("t"))).isEqualTo("UNKNOWN mdev-type/malformed");
    assertThat(Found.verdict(unseen(WHYS.get(1)), seen("t")).reasons().getFirst().detail())
        .contains("EXDEV");
  }

  @Test
  void withoutAnyInterfaceThatIsAReasonToo() {
    EndpointBuilder bare =
        EndpointBuilder.device("t").type("mdev_type", MdevTypeLink.NOTHING_THERE);
    assertThat(Found.of(bare, seen("t")))
        .isEqualTo("UNKNOWN no-migration-interface/absent, mdev-type/absent");
  }

  @Test
  void asTheDestinationItIsUnknownUnlessItsLinkNamesAnotherType() {
    EndpointBuilder unseen = unseen(MdevTypeLink.NOTHING_THERE);
    assertThat(Found.of(seen("t"), unseen)).isEqualTo("UNKNOWN mdev-type/absent");
    assertThat(Found.of(seen("u"), unseen)).isEqualTo("INCOMPATIBLE mdev-type");
    assertThat(Found.of(seen("u"), unseen, Policy.CROSS_TYPE))
        .isEqualTo("UNKNOWN mdev-type/absent");
    assertThat(Found.of(self(EndpointBuilder.device("t")), unseen))
        .as("the source's type demands nothing")
        .isEqualTo(Found.COMPATIBLE);
  }

  @Test
  void itsTypeMayHaveTheOpaqueVersion() {
    EndpointBuilder source = EndpointBuilder.device("t").own("migration_version", "v");
    EndpointBuilder destination =
        EndpointBuilder.device("t").type("mdev_type", MdevTypeLink.NOTHING_THERE);
    assertThat(Found.of(source, destination)).isEqualTo("UNKNOWN opaque-missing/absent");
  }

  @Test
  void itIsPartOfTheProfile() {
    for (Attribute why : WHYS) {
      Profile profile = unseen(why).profile();
      assertThat(Profile.parse(profile.canonical())).isEqualTo(profile);
      assertThat(profile.isDeclared()).isTrue();
      assertThat(profile.facetIds()).containsExactly(FacetId.SELF_COMPATIBLE, FacetId.VENDOR_RULES);
      assertThat(profile).isNotEqualTo(self(EndpointBuilder.device("t")).profile());
    }
  }
}
