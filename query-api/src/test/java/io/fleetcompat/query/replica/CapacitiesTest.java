package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacitiesTest {

  private static final List<String> PARENTS = List.of("p1", "p2");

  private final Interner<String> strings = new Interner<>();

  @Test
  void aHeartbeatOfTypesThatRepeatIsKnownAgainWithoutWritingItOut() {
    HostCapacity heartbeat = heartbeat(Map.of("d/t", 7), 3);
    Capacities capacities = Capacities.of(heartbeat, strings);
    assertThat(capacities.of("p2/t")).isEqualTo(3);
    assertThat(capacities.of("d/t")).isEqualTo(7);
    assertThat(capacities.areOf(heartbeat(Map.of("d/t", 7), 3))).isTrue();
    assertThat(capacities.areOf(heartbeat(Map.of("d/t", 7), 4))).isFalse();
    assertThat(capacities.areOf(heartbeat(Map.of("d/t", 8), 3))).isFalse();
    assertThat(Capacities.NONE.areOf(heartbeat)).isFalse();
  }

  @Test
  void ofAHeartbeatWithoutRepeatsNothingIsKept() {
    HostCapacity heartbeat =
        new HostCapacity(
            "h", 1L, 1L, Instant.EPOCH, Map.of("d/t", 7), false, List.of(), null, Map.of());
    Capacities capacities = Capacities.of(heartbeat, strings);
    assertThat(capacities.areOf(heartbeat)).isFalse();
    assertThat(capacities).isEqualTo(Capacities.of(heartbeat, strings));
  }

  @Test
  void whichDevicesAreInUseIsKeptAndCanBeForgotten() {
    HostCapacity heartbeat =
        new HostCapacity(
            "h",
            1L,
            1L,
            Instant.EPOCH,
            Map.of("d/t", 7),
            false,
            List.of(),
            null,
            Map.of("used", true, "free", false));
    Capacities capacities = Capacities.of(heartbeat, strings);
    assertThat(capacities.use("used")).isEqualTo(Use.IN_USE);
    assertThat(capacities.use("free")).isEqualTo(Use.FREE);
    assertThat(capacities.use("other")).isEqualTo(Use.UNKNOWN);
    Capacities forgotten = capacities.withoutUses();
    assertThat(forgotten.use("free")).isEqualTo(Use.UNKNOWN);
    assertThat(forgotten.of("d/t")).isEqualTo(7);
    assertThat(forgotten).isNotEqualTo(capacities);
  }

  private static HostCapacity heartbeat(Map<String, Integer> others, int number) {
    return new HostCapacity(
        "h",
        1L,
        1L,
        Instant.EPOCH,
        others,
        false,
        List.of(new CapacityOffer(PARENTS, Map.of("t", number))),
        null,
        Map.of());
  }
}
