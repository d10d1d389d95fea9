package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostEndpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointHashesTest {

  @Test
  void whatCameWentOrChangedIsNamed() {
    EndpointHashes before = hashes(endpoint("d", "1"), endpoint("p/a", "1"), endpoint("p/b", "1"));
    EndpointHashes now = hashes(endpoint("d", "2"), endpoint("p/b", "2"), endpoint("q/c", "1"));
    assertThat(now.changedSince(before, 9)).containsExactly("d", "p/a", "p/b", "q/c");
    assertThat(now.changedSince(before, 2)).containsExactly("d", "p/a");
    assertThat(now.changedSince(now, 9)).isEmpty();
    assertThat(now.changedSince(EndpointHashes.NONE, 9)).containsExactly("d", "p/b", "q/c");
  }

  private static EndpointHashes hashes(Endpoint... endpoints) {
    return EndpointHashes.of(HostEndpoints.of(List.of(endpoints)));
  }

  private static Endpoint endpoint(String name, String content) {
    return new Endpoint(
        EndpointName.parse(name),
        EndpointKind.MDEV_TYPE,
        Optional.empty(),
        Attributes.of(Map.of("name", new Attribute.Text(content))),
        Attributes.NONE,
        Attributes.NONE);
  }
}
