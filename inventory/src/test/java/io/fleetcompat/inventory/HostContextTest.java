package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.HostReading.Driver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostContextTest {

  private static final Driver I915 = new Driver("i915", Optional.of("1.6.0"), Optional.empty());

  private static Endpoint endpoint(String driver) {
    return new Endpoint(
        EndpointName.device(driver),
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        Attributes.NONE,
        Attributes.NONE,
        Attributes.of(Map.of("driver", new Attribute.Text(driver))));
  }

  @Test
  void everyEndpointOfAReadingSharesOneContext() {
    HostReading reading =
        new HostReading(
            Optional.of("6.8.0"),
            List.of(I915),
            Attributes.of(Map.of("ecc_mode", new Attribute.Text("on"))),
            List.of(endpoint("i915"), endpoint("nouveau")),
            List.of(),
            new TreeMap<>(),
            List.of());
    List<Endpoint> endpoints = reading.endpointsInContext();
    assertThat(endpoints.getFirst().host()).isSameAs(endpoints.getLast().host());
    assertThat(endpoints.getFirst().host().kernel()).hasValue("6.8.0");
    assertThat(endpoints.getFirst().host().facts().get("ecc_mode"))
        .isEqualTo(new Attribute.Text("on"));
    assertThat(endpoints.getFirst().driver()).hasValue(I915);
    assertThat(endpoints.getLast().driver()).isEmpty();
    assertThat(reading.endpoints())
        .allSatisfy(e -> assertThat(e.host()).isSameAs(HostContext.UNKNOWN));
  }

  @Test
  void theDriverOfAParentThatIsNoPciFunctionIsTheEndpoints() {
    HostContext host = HostContext.of(Optional.empty(), List.of(I915), Attributes.NONE);
    Attributes driver = Attributes.of(Map.of("driver", new Attribute.Text("i915")));
    Endpoint ofParent =
        new Endpoint(
                EndpointName.device("u"),
                EndpointKind.MDEV_DEVICE,
                Optional.of("t"),
                Attributes.NONE,
                Attributes.NONE,
                Attributes.NONE)
            .with(new Related(Attributes.NONE, driver, Attributes.NONE))
            .on(host);
    assertThat(ofParent.driver()).hasValue(I915);
    assertThat(endpoint("nouveau").with(ofParent.related()).on(host).driver()).isEmpty();
  }
}
