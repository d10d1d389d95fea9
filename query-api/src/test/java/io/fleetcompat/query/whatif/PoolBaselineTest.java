package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexChange.OverrideMade;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.query.whatif.BaselineFamily.Change;
import io.fleetcompat.query.whatif.BaselineFamily.Range;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.RawFleet.RawEndpoint;
import io.fleetcompat.query.whatif.RawFleet.RawHost;
import io.fleetcompat.schemas.BadRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

  private BaselineFamily baseline(IndexView view) {
    List<BaselineFamily> families = whatIf.baseline(view, "a", 0, Deadline.NONE);
    assertThat(families).hasSize(1);
    return families.getFirst();
  }

  @Test
  void theVersionThatMostHaveIsTheBaseline() throws BadRecordException {
    BaselineFamily family = baseline(types(List.of("1.2.0", "1.2.0", "2.0.0")));
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
    BaselineFamily family = baseline(virtio(List.of("1101", "1011", "1111")));
    assertThat(family.compatibleThen()).isEqualTo(family.pairs());
    Change change = family.changes().getFirst();
    assertThat(change.attribute()).isEqualTo("features");
    assertThat(change.value()).isEqualTo("0x9");
    assertThat(change.alternatives()).isEmpty();
    assertThat(change.givenUp()).isEqualTo(Map.of("0xb", 1, "0xd", 1, "0xf", 1));
  }

  @Test
  void hostsMayDifferWithinARangeOfVersions() throws BadRecordException {
    Change change =
        baseline(types(List.of("1.2.10", "1.2.9", "1.2.0", "1.1.7", "2.0.0"))).changes().getFirst();
    assertThat(change.value()).isEqualTo("1.1.7");
    assertThat(change.range().orElseThrow().values()).containsExactly("1.1.7");
    change =
        baseline(types(List.of("1.2.10", "1.2.9", "1.2.0", "1.2.9", "2.0.0"))).changes().getFirst();
    assertThat(change.value()).isEqualTo("1.2.9");
    Range range = change.range().orElseThrow();
    assertThat(range.values()).containsExactly("1.2.0", "1.2.9", "1.2.10");
    assertThat(range.givenUp()).isEqualTo(Map.of("2.0.0", 1));
    assertThat(range.notJudged()).isZero();
  }

  @Test
  void aRangeThatReachesTheBoundSaysSo() throws BadRecordException {
    List<String> versions = new ArrayList<>();
    for (int bugfix = 0; bugfix < 40; bugfix++) {
      versions.add("1.2." + bugfix);
    }
    versions.addAll(List.of("1.2.20", "2.0.0"));
    Change change = baseline(types(versions)).changes().getFirst();
    Range range = change.range().orElseThrow();
    assertThat(range.values()).hasSize(BaselineRange.MAX_VALUES).contains(change.value());
    assertThat(range.notJudged()).isEqualTo(41 - BaselineRange.MAX_VALUES);
  }

  /** 60 profiles, of which the 12 of fewest hosts are not looked at: bugfixes with odd numbers. */
  @Test
  void noVersionOfAProfileThatWasNotLookedAtIsLeftOutInBetween() throws BadRecordException {
    List<String> versions = new ArrayList<>(List.of("1.2.10", "2.0.0", "2.0.0"));
    for (int n = 0; n < PoolBaseline.MAX_PROFILES - 1; n++) {
      versions.addAll(List.of("1.2." + 2 * n, "1.2." + 2 * n));
    }
    for (int n = 0; n < 12; n++) {
      versions.add("1.2." + (2 * n + 1));
    }
    BaselineFamily family = baseline(types(versions));
    assertThat(family.omitted()).isEqualTo(12);
    Change change = family.changes().getFirst();
    assertThat(change.value()).isEqualTo("1.2.10");
    Range range = change.range().orElseThrow();
    assertThat(range.values())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(2, 17).mapToObj(bugfix -> "1.2." + bugfix).toList());
    assertThat(range.notJudged()).isEqualTo(60 - BaselineRange.MAX_VALUES);
  }

  @Test
  void twoAttributesThatHelpOnlyTogetherAreFound() throws BadRecordException {
    TreeMap<String, RawHost> hosts = new TreeMap<>();
    for (String api : List.of("vfio-pci", "vfio-ccw")) {
      Map<String, String> type =
          Map.of("device_api", api, "software_version", api.equals("vfio-ccw") ? "1.0.0" : "2.0.0");
      Map<String, String> pci = Map.of("vendor", "0x8086", "driver", "i915");
      TreeMap<String, RawEndpoint> of = new TreeMap<>();
      of.put("0000:00:02.0/t-1", new RawEndpoint(EndpointKind.MDEV_TYPE, type, pci));
      hosts.put(api, new RawHost(Optional.of("a"), "6.1", true, of, Map.of()));
    }
    BaselineFamily family = baseline(new RawFleet(hosts).view(new Judge(Set.of())));
    assertThat(family.compatible()).isEqualTo(2);
    assertThat(family.compatibleThen()).isEqualTo(4);
    assertThat(family.changes())
        .extracting(Change::attribute)
        .containsExactlyInAnyOrder("device_api", "software_version");
    assertThat(family.changes()).allSatisfy(change -> assertThat(change.alternatives()).hasSize(1));
  }

  @Test
  void featuresHaveNoRange() throws BadRecordException {
    assertThat(baseline(virtio(List.of("11", "01"))).changes().getFirst().range()).isEmpty();
  }

  @Test
  void overridesInForceCount() throws BadRecordException {
    IndexView view = types(List.of("1.2.0", "1.3.0"));
    assertThat(baseline(view).changes()).hasSize(1);
    ViewEdit edit = new ViewEdit(view);
    edit.replay(
        new OverrideMade(
            new RuleOverride(
                "o",
                "software-version",
                new OverrideScope(OverrideScope.Kind.POOL, "a", "a"),
                "an.operator",
                "tried",
                Instant.EPOCH,
                Optional.of(Instant.ofEpochSecond(10)),
                Optional.empty())));
    IndexView overridden = edit.commit();
    BaselineFamily family = baseline(overridden);
    assertThat(family.changes()).isEmpty();
    assertThat(family.compatible()).isEqualTo(family.pairs());
    assertThat(whatIf.baseline(overridden, "a", 10_000, Deadline.NONE).getFirst().changes())
        .as("when it has ended")
        .hasSize(1);
  }

  /** Endpoints in several versions that differ in something else, too. */
  private static RawEndpoint random(Random random, List<String> versions) {
    Map<String, String> type =
        Map.of(
            "device_api",
            random.nextInt(4) == 0 ? "vfio-ccw" : "vfio-pci",
            "software_version",
            versions.get(random.nextInt(versions.size())));
    return new RawEndpoint(
        EndpointKind.MDEV_TYPE, type, Map.of("vendor", "0x8086", "driver", "i915"));
  }

  @Test
  void noWiderRangeIsSafe() throws BadRecordException {
    List<String> versions =
        List.of("1.1.9", "1.2.0", "1.2.9", "1.2.10", "1.10.0", "2.0.0", "2.0.1", "x");
    int several = 0;
    int others = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<RawEndpoint> endpoints = new ArrayList<>();
      TreeMap<String, RawHost> hosts = new TreeMap<>();
      for (int host = 0; host < 2 + random.nextInt(6); host++) {
        endpoints.add(random(random, versions));
        TreeMap<String, RawEndpoint> of = new TreeMap<>();
        of.put("0000:00:02.0/t-1", endpoints.getLast());
        hosts.put("h" + host, new RawHost(Optional.of("a"), "6.1", true, of, Map.of()));
      }
      BaselineFamily family = baseline(new RawFleet(hosts).view(new Judge(Set.of())));
      Map<String, String> set = new HashMap<>();
      family.changes().forEach(change -> set.put(change.attribute(), change.value()));
      boolean anyVersion = endpoints.stream().anyMatch(each -> !each.type().containsValue("x"));
      assertThat(family.compatibleThen())
          .as("seed %d: %s", seed, endpoints)
          .isEqualTo(anyVersion ? family.pairs() : 0);
      for (Change change : family.changes()) {
        if (!change.attribute().equals("software_version")) {
          assertThat(change.range()).isEmpty();
          others++;
          continue;
        }
        List<String> widest = widest(endpoints, set, change.value());
        Range range = change.range().orElseThrow();
        assertThat(range.values()).as("seed %d: %s", seed, endpoints).hasSameSizeAs(widest);
        assertThat(isSafe(endpoints, set, range.values())).as("seed %d", seed).isTrue();
        Map<String, Integer> outside = new HashMap<>();
        endpoints.stream()
            .map(endpoint -> shown(endpoint.type().getOrDefault("software_version", "")))
            .filter(version -> !range.values().contains(version))
            .forEach(version -> outside.merge(version, 1, Integer::sum));
        assertThat(range.givenUp()).as("seed %d", seed).isEqualTo(outside);
        several += range.values().size() > 1 ? 1 : 0;
      }
    }
    assertThat(several).as("ranges of several versions").isGreaterThan(30);
    assertThat(others).as("other attributes that change").isGreaterThan(30);
  }

  /** As profiles show it. */
  private static String shown(String version) {
    return version.equals("x") ? "malformed: expected major.minor[.bugfix], found 'x'" : version;
  }

  /** Of all stretches of the versions there are around one, the longest that is safe. */
  private static List<String> widest(
      List<RawEndpoint> endpoints, Map<String, String> set, String chosen) {
    List<String> sorted =
        List.of("1.1.9", "1.2.0", "1.2.9", "1.2.10", "1.10.0", "2.0.0", "2.0.1").stream()
            .filter(version -> endpoints.stream().anyMatch(e -> e.type().containsValue(version)))
            .toList();
    List<String> widest = List.of();
    for (int first = 0; first < sorted.size(); first++) {
      for (int end = first + 1; end <= sorted.size(); end++) {
        List<String> stretch = sorted.subList(first, end);
        if (stretch.contains(chosen)
            && stretch.size() > widest.size()
            && isSafe(endpoints, set, stretch)) {
          widest = stretch;
        }
      }
    }
    return widest;
  }

  /** Reads each endpoint with each of the versions, and judges each against each. */
  private static boolean isSafe(
      List<RawEndpoint> endpoints, Map<String, String> set, List<String> versions) {
    List<Profile> profiles = new ArrayList<>();
    for (RawEndpoint endpoint : endpoints) {
      for (String version : versions) {
        Map<String, String> type = new HashMap<>(endpoint.type());
        type.putAll(set);
        type.put("software_version", version);
        profiles.add(
            new RawEndpoint(endpoint.kind(), type, endpoint.pci()).profile("0000:00:02.0/t-1"));
      }
    }
    Judge judge = new Judge(Set.of());
    return profiles.stream()
        .allMatch(
            from ->
                profiles.stream().allMatch(to -> judge.outcome(from, to) == Outcome.COMPATIBLE));
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
      BaselineFamily family = baseline(view);
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
