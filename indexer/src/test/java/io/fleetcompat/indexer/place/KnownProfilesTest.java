package io.fleetcompat.indexer.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.Related;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownProfilesTest {

  private final KnownProfiles known = new KnownProfiles();

  @Test
  void anEndpointLikeAnotherHasTheVerySameProfile() {
    assertThat(known.of(endpoint("a", "1.0.0"))).isSameAs(known.of(endpoint("b", "1.0.0")));
    assertThat(known.size()).isEqualTo(1);
  }

  @Test
  void whateverAProfileIsMadeOfTellsEndpointsApart() {
    Endpoint type = endpoint("a", "1.0.0");
    for (Endpoint other :
        new Endpoint[] {
          endpoint("a", "1.0.1"),
          new Endpoint(
              type.name(),
              EndpointKind.MDEV_DEVICE,
              type.mdevType(),
              type.own(),
              type.type(),
              type.pci()),
          new Endpoint(
              type.name(), type.kind(), Optional.of("b"), type.own(), type.type(), type.pci()),
          new Endpoint(
              type.name(), type.kind(), type.mdevType(), type.own(), type.own(), type.pci())
        }) {
      assertThat(known.of(type)).isEqualTo(made(type));
      assertThat(known.of(other)).isEqualTo(made(other));
    }
  }

  @Test
  void whatAnEndpointDependsOnBesideItselfTellsEndpointsApart() {
    Attributes driver = texts("driver", "qat_vfio_pci");
    Endpoint vf =
        new Endpoint(
            EndpointName.device("vf"),
            EndpointKind.PCI_FUNCTION,
            Optional.empty(),
            driver,
            Attributes.NONE,
            driver);
    Attributes services = texts("qat/cfg_services", "sym");
    Attributes facts = texts("qat.sla", "");
    Set<Profile> profiles = new HashSet<>();
    for (Endpoint other :
        List.of(
            vf,
            vf.with(new Related(services, Attributes.NONE, Attributes.NONE)),
            vf.with(new Related(Attributes.NONE, texts("driver", "x"), Attributes.NONE)),
            vf.with(new Related(Attributes.NONE, Attributes.NONE, facts)),
            vf.on(HostContext.of(Optional.empty(), List.of(), texts("site.rack", "7"))),
            vf.on(HostContext.of(Optional.empty(), List.of(module("1")), Attributes.NONE)),
            vf.on(HostContext.of(Optional.empty(), List.of(module("2")), Attributes.NONE)))) {
      assertThat(known.of(other)).isEqualTo(made(other));
      profiles.add(known.of(other).profile());
    }
    assertThat(profiles).hasSize(7);
  }

  @Test
  void valuesThatAreLaidOverAnswersTellDevicesApart() {
    Attributes type =
        Attributes.of(
            Map.of(
                "software_version", new Attribute.Text("1.0.0"),
                "dynamic_resources", new Attribute.Text("aggregator")));
    for (String value : List.of("1", "2")) {
      Endpoint device =
          new Endpoint(
              EndpointName.device("d"),
              EndpointKind.MDEV_DEVICE,
              Optional.of("t"),
              texts("vendor/aggregator", value),
              type,
              Attributes.NONE);
      assertThat(known.of(device)).isEqualTo(made(device));
      assertThat(known.of(device).dynamic()).isEqualTo(Map.of("aggregator", value));
    }
  }

  private static KnownProfiles.Known made(Endpoint endpoint) {
    return new KnownProfiles.Known(Profile.of(endpoint), ObligationValues.of(endpoint));
  }

  private static Attributes texts(String path, String value) {
    return Attributes.of(Map.of(path, new Attribute.Text(value)));
  }

  private static Driver module(String version) {
    return new Driver("qat_vfio_pci", Optional.of(version), Optional.empty());
  }

  @Test
  void itKeepsNoMoreThanItsBoundAndNothingLarge() {
    for (int i = 0; i < KnownProfiles.MOST + 10; i++) {
      known.of(endpoint("a", "1." + i + ".0"));
    }
    assertThat(known.size()).isEqualTo(KnownProfiles.MOST);
    for (Attribute attribute :
        new Attribute[] {
          new Attribute.Text("1".repeat(KnownProfiles.MOST_BYTES)),
          new Attribute.Malformed("1".repeat(KnownProfiles.MOST_BYTES)),
          new Attribute.Unreadable("E".repeat(KnownProfiles.MOST_BYTES))
        }) {
      Endpoint large = endpoint("a", attribute);
      assertThat(known.of(large)).isEqualTo(made(large)).isNotSameAs(known.of(large));
    }
  }

  private static Endpoint endpoint(String parent, String version) {
    return endpoint(parent, new Attribute.Text(version));
  }

  private static Endpoint endpoint(String parent, Attribute version) {
    return new Endpoint(
        EndpointName.type(parent, "t"),
        EndpointKind.MDEV_TYPE,
        Optional.of("t"),
        Attributes.of(
            Map.of("device_api", new Attribute.Text("vfio-pci"), "software_version", version)),
        Attributes.NONE,
        Attributes.NONE);
  }
}
