package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fleetcompat.inventory.HostEndpoints.Offer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HostEndpointsTest {

  /** Names whose order by characters differs from that of their parts. */
  private static final List<String> NAMES =
      List.of("a", "a-b", "a.b", "a0", "a b", "a/b", "ä", "%", "zz", "0000:3b:00.4");

  @RepeatedTest(20)
  void theyAreTheEndpointsThatWereGivenSortedByName(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    TreeMap<EndpointName, Endpoint> given = new TreeMap<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      Endpoint endpoint = endpoint(name(random), random.nextInt(2));
      given.put(endpoint.name(), endpoint);
    }
    List<Endpoint> shuffled = new ArrayList<>(given.values());
    Collections.shuffle(shuffled, random);
    HostEndpoints endpoints = HostEndpoints.of(shuffled);
    assertThat(endpoints).isEqualTo(List.copyOf(given.values()));
    assertThat(endpoints).isSortedAccordingTo(Comparator.comparing(Endpoint::name));
    assertThat(HostEndpoints.of(endpoints)).isSameAs(endpoints);
  }

  @Test
  void aListOfTypesThatParentsShareIsOneObject() {
    List<Endpoint> given = new ArrayList<>();
    for (String parent : List.of("p1", "p2", "p3")) {
      given.add(endpoint(EndpointName.type(parent, "t1"), 0));
      given.add(endpoint(EndpointName.type(parent, "t2"), parent.equals("p3") ? 1 : 0));
    }
    List<List<Endpoint>> lists =
        HostEndpoints.of(given).parts().stream().map(part -> ((Offer) part).types()).toList();
    assertThat(lists.get(0)).isSameAs(lists.get(1)).isNotEqualTo(lists.get(2));
    assertThat(HostEndpoints.of(given)).isEqualTo(given);
  }

  @Test
  void numbersAreFoundByNameAndThoseThatRepeatAreOneObject() {
    Map<EndpointName, Integer> given =
        Map.of(
            EndpointName.type("p1", "t"), 1,
            EndpointName.type("p2", "t"), 1,
            EndpointName.type("p2/3", "t"), 2);
    Capacities capacities = Capacities.of(given);
    assertThat(capacities).isEqualTo(given).hasSize(3);
    assertThat(capacities.get(EndpointName.type("p2/3", "t"))).isEqualTo(2);
    assertThat(capacities.get(EndpointName.device("p1"))).isNull();
    assertThat(capacities.byParent().get("p1")).isSameAs(capacities.byParent().get("p2"));
  }

  @Test
  void aDeviceHasNoNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Capacities.of(Map.of(EndpointName.device("d"), 1)))
        .withMessageContaining("PARENT/TYPE");
  }

  private static EndpointName name(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return random.nextInt(4) == 0
        ? EndpointName.device(name)
        : EndpointName.type(name, NAMES.get(random.nextInt(NAMES.size())));
  }

  private static Endpoint endpoint(EndpointName name, int content) {
    Attributes own = Attributes.of(Map.of("name", new Attribute.Text("" + content)));
    return new Endpoint(
        name, EndpointKind.MDEV_TYPE, Optional.empty(), own, Attributes.NONE, Attributes.NONE);
  }
}
