package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.PoolBaseline.Change;
import io.fleetcompat.query.whatif.PoolBaseline.Family;
import io.fleetcompat.query.whatif.RawFleet.RawEndpoint;
import io.fleetcompat.query.whatif.RawFleet.RawHost;
import io.fleetcompat.schemas.BadRecordException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A baseline does what it says: with its values everywhere, as many pairs are compatible. */
class PoolBaselineTest {

  private final WhatIf whatIf = new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  private static IndexView types(List<String> versions) throws BadRecordException {
    TreeMap<String, RawHost> hosts = new TreeMap<>();
    for (String version : versions) {
      String name = "host-" + hosts.size();
      TreeMap<String, RawEndpoint> endpoints = new TreeMap<>();
      Map<String, String> type = Map.of("device_api", "vfio-pci", "software_version", version);
      Map<String, String> pci = Map.of("vendor", "0x8086", "driver", "i915");
      endpoints.put("0000:00:02.0/t-1", new RawEndpoint(EndpointKind.MDEV_TYPE, type, pci));
      hosts.put(name, new RawHost(Optional.of("a"), "6.1", true, endpoints, Map.of()));
    }
    return new RawFleet(hosts).view(new Judge(Set.of()));
  }

  private static IndexView virtio(List<String> features) throws BadRecordException {
    TreeMap<String, RawHost> hosts = new TreeMap<>();
    for (String bits : features) {
      TreeMap<String, RawEndpoint> endpoints = new TreeMap<>();
      Map<String, String> own = Map.of("device", "0x0001", "vendor", "0x1af4", "features", bits);
      endpoints.put("virtio0", new RawEndpoint(EndpointKind.VIRTIO_DEVICE, own, Map.of()));
      hosts.put(
          "host-" + hosts.size(), new RawHost(Optional.of("a"), "6.1", true, endpoints, Map.of()));
    }
    return new RawFleet(hosts).view(new Judge(Set.of()));
  }

  private Family baseline(IndexView view) {
    List<Family> families = whatIf.baseline(view, "a", 0, Deadline.NONE);
    assertThat(families).hasSize(1);
    return families.getFirst();
  }

  @Test
  void theVersionThatMostHaveIsTheBaseline() throws BadRecordException {
    Family family = baseline(types(List.of("1.2.0", "1.2.0", "2.0.0")));
    assertThat(family.compatibleThen()).isEqualTo(family.pairs());
    assertThat(family.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.attribute()).isEqualTo("software_version");
              assertThat(change.value()).isEqualTo("1.2.0");
              assertThat(change.alternatives()).containsExactly("2.0.0");
              assertThat(change.givenUp()).isEqualTo(Map.of("2.0.0", 1));
            });
    assertThat(baseline(types(List.of("1.2.0", "1.2.0"))).changes()).isEmpty();
  }

  @Test
  void theFeaturesThatAllHaveAreTheMask() throws BadRecordException {
    Family family = baseline(virtio(List.of("1101", "1011", "1111")));
    assertThat(family.compatibleThen()).isEqualTo(family.pairs());
    Change change = family.changes().getFirst();
    assertThat(change.attribute()).isEqualTo("features");
    assertThat(change.value()).isEqualTo("0x9");
    assertThat(change.alternatives()).isEmpty();
    assertThat(change.givenUp()).isEqualTo(Map.of("0xb", 1, "0xd", 1, "0xf", 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIfSaysTheSame(long seed) throws BadRecordException {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      List<String> versions =
          random
              .ints(5, 0, 5)
              .mapToObj(n -> List.of("1.1.0", "1.2.0", "2.0.0", "2.1.0", "x").get(n))
              .toList();
      IndexView view = types(versions);
      Family family = baseline(view);
      if (family.changes().isEmpty()) {
        continue;
      }
      SortedMap<String, Attribute> set = new TreeMap<>();
      family
          .changes()
          .forEach(change -> set.put(change.attribute(), new Attribute.Text(change.value())));
      HypotheticalChange change =
          new HypotheticalChange(
              new HostSelection(
                  List.of(),
                  Optional.of("a"),
                  Map.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()),
              new EndpointFilter(Optional.empty(), Optional.empty()),
              set,
              Optional.empty(),
              Optional.empty(),
              Service.STAY,
              List.of(),
              Optional.empty(),
              List.of(),
              Set.of());
      WhatIfResult.ChangedPool pool =
          whatIf.find(view, change, 0, Deadline.NONE).pools().getFirst();
      if (family.compatibleThen() == family.pairs()) {
        assertThat(pool.after().types().stranded()).as("seed %d %s", seed, versions).isZero();
        assertThat(pool.after().oneWayPairs()).as("seed %d %s", seed, versions).isZero();
      }
      assertThat(pool.after().types().movable())
          .as("seed %d %s", seed, versions)
          .isGreaterThanOrEqualTo(pool.before().types().movable());
    }
  }
}
