package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.health.PoolAssessment;
import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.audit.PoolDifference;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PoolReach;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.query.whatif.HypotheticalChange.AddedHost;
import io.fleetcompat.query.whatif.HypotheticalChange.DriverVersion;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.OtherRules;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.RawFleet.RawEndpoint;
import io.fleetcompat.query.whatif.RawFleet.RawHost;
import io.fleetcompat.query.whatif.WhatIfResult.ChangedPool;
import io.fleetcompat.schemas.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to "what if?" is what the index says once it is so. */
class WhatIfTest {

  private static final int HOSTS = 9;
  private static final List<String> VERSIONS = List.of("1.2.0", "1.3.0", "1.4.0", "2.0.0");
  private static final List<String> POOLS = List.of("a", "b");
  private static final Judge JUDGE = new Judge(Set.of());

  private final WhatIf whatIf = new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  /** A change, and the same made to the fleet as it is read. */
  private record Made(HypotheticalChange change, RawFleet fleet, Judge judge) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itIsWhatTheIndexSaysOnceTheChangeIsMade(long seed) throws BadRecordException {
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      RawFleet fleet = fleet(random);
      Made made = made(fleet, random);
      IndexView before = fleet.view(JUDGE);
      List<String> untouched = describe(before, TreeSet::new);
      WhatIfResult found = whatIf.find(before, made.change(), 0, Deadline.NONE);
      HypotheticalFleet hypothetical = HypotheticalFleet.of(before, made.change(), Deadline.NONE);
      IndexView after = made.fleet().view(made.judge());
      assertThat(describe(hypothetical.view(), hypothetical::pools))
          .as("seed %d, round %d: %s", seed, round, made.change())
          .isEqualTo(describe(after, hypothetical::pools));
      for (ChangedPool pool : found.pools()) {
        assertThat(numbers(pool.after())).isEqualTo(numbers(health(after, pool)));
        assertThat(numbers(pool.before())).isEqualTo(numbers(health(before, pool)));
        assertCounts(seed, pool, before, after);
      }
      assertThat(describe(before, TreeSet::new)).as("now is untouched").isEqualTo(untouched);
    }
  }

  /** The pairs of a pool are those of all its endpoints with all its hosts, counted one by one. */
  private static void assertCounts(long seed, ChangedPool pool, IndexView was, IndexView is) {
    PoolDifference found = pool.difference();
    Map<String, Set<String>> had = ways(was, found.pool());
    Map<String, Set<String>> has = ways(is, found.pool());
    long gained = 0;
    long lost = 0;
    Set<String> names = new TreeSet<>(had.keySet());
    names.addAll(has.keySet());
    Set<String> stranded = new TreeSet<>();
    for (String name : names) {
      Set<String> from = had.getOrDefault(name, Set.of());
      Set<String> to = has.getOrDefault(name, Set.of());
      gained += to.stream().filter(host -> !from.contains(host)).count();
      lost += from.stream().filter(host -> !to.contains(host)).count();
      if (has.containsKey(name) && to.isEmpty() && !from.isEmpty()) {
        stranded.add(name);
      }
    }
    assertThat(found.devices().pairsGained() + found.types().pairsGained())
        .as("seed %d", seed)
        .isEqualTo(gained);
    assertThat(found.devices().pairsLost() + found.types().pairsLost())
        .as("seed %d", seed)
        .isEqualTo(lost);
    assertThat(pool.newlyStranded()).as("seed %d", seed).isEqualTo(stranded.size());
  }

  private static Map<String, Set<String>> ways(IndexView view, String pool) {
    Map<String, Set<String>> ways = new TreeMap<>();
    PoolReach reach = reach(view, pool);
    for (Host host : hosts(view)) {
      if (host.placed().pool().filter(pool::equals).isPresent() && host.placed().isFresh()) {
        EndpointTable table = host.placed().endpoints();
        for (int i = 0; i < table.size(); i++) {
          Set<String> to = new TreeSet<>();
          for (int other : reach.of(table.slot(i))) {
            if (other != host.id()) {
              to.add(view.fleet().host(other).name());
            }
          }
          ways.put(host.name() + "/" + table.name(i), to);
        }
      }
    }
    return ways;
  }

  private static PoolReach reach(IndexView view, String pool) {
    return new PoolReach(
        ViewOverrides.of(view, 0),
        pool,
        Set.of(),
        new PairVerdicts<>(WrittenVerdict.FORM),
        Deadline.NONE);
  }

  private static List<Host> hosts(IndexView view) {
    List<Host> hosts = new ArrayList<>();
    Membership members = view.fleet().members();
    for (OrderedKeys.Walk walk = members.byName().from(0); walk.hasNext(); ) {
      hosts.add(view.fleet().hostOf(walk.next()));
    }
    return hosts;
  }

  private static PoolHealth health(IndexView view, ChangedPool of) {
    ViewPool pool =
        new ViewPool(
            ViewOverrides.of(view, 0),
            of.difference().pool(),
            new PairVerdicts<>(WrittenVerdict.FORM),
            Deadline.NONE);
    return PoolAssessment.of(pool, pool);
  }

  /** The health without the numbers of hosts, which each replica gives anew. */
  private static List<Object> numbers(PoolHealth health) {
    return List.of(
        health.devices(),
        health.types(),
        health.oneWayPairs(),
        health.families(),
        health.stranded().stream().map(each -> each.profile() + " " + each.endpoints()).toList(),
        health.blockers().stream()
            .map(each -> each.reason().detail() + each.frees() + each.strands())
            .sorted()
            .toList());
  }

  /** The hosts of each profile, and which endpoint can go to which host of its pool. */
  private static List<String> describe(IndexView view, Supplier<Set<String>> of) {
    List<String> lines = new ArrayList<>();
    for (Host host : hosts(view)) {
      EndpointTable table = host.placed().endpoints();
      lines.add(
          "%s %s %s %s"
              .formatted(
                  host.name(),
                  host.placed().pool(),
                  host.placed().kernel(),
                  host.placed().liveness()));
      for (int i = 0; i < table.size(); i++) {
        lines.add(
            "%s %s %s %s %d"
                .formatted(
                    host.name(),
                    table.name(i),
                    table.kind(i),
                    view.matrix().fingerprint(table.slot(i)),
                    host.capacities().of(table.name(i))));
      }
    }
    of.get().forEach(pool -> lines.add(pool + " " + ways(view, pool)));
    return lines;
  }

  private static RawFleet fleet(Random random) {
    TreeMap<String, RawHost> hosts = new TreeMap<>();
    for (int n = 0; n < HOSTS; n++) {
      String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
      String opaque = random.nextBoolean() ? "opaque-" + random.nextInt(2) : "";
      TreeMap<String, RawEndpoint> endpoints = new TreeMap<>();
      Map<String, String> type = new TreeMap<>();
      type.put("device_api", "vfio-pci");
      type.put("software_version", version);
      if (!opaque.isEmpty()) {
        type.put("migration_version", opaque);
      }
      Map<String, String> pci =
          Map.of("vendor", "0x8086", "device", "0x193b", "driver", "i915", "class", "0x030000");
      endpoints.put("0000:00:02.0/t-1", new RawEndpoint(EndpointKind.MDEV_TYPE, type, pci));
      for (int i = random.nextInt(3); i > 0; i--) {
        endpoints.put(
            "0000000%d-0000-0000-0000-00000000000%d".formatted(n, i),
            new RawEndpoint(EndpointKind.MDEV_DEVICE, type, pci));
      }
      hosts.put(
          "host-" + n,
          new RawHost(
              random.nextInt(8) == 0
                  ? Optional.empty()
                  : Optional.of(POOLS.get(random.nextInt(POOLS.size()))),
              "6." + random.nextInt(3) + ".0",
              random.nextInt(8) > 0,
              endpoints,
              Map.of("0000:00:02.0/t-1", random.nextInt(3))));
    }
    return new RawFleet(hosts);
  }

  private static Made made(RawFleet fleet, Random random) {
    TreeMap<String, RawHost> hosts = new TreeMap<>(fleet.hosts());
    Set<String> selected = new TreeSet<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      selected.add("host-" + random.nextInt(HOSTS));
    }
    HostSelection selection =
        new HostSelection(
            List.copyOf(selected),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    Optional<String> kernel = Optional.empty();
    Service service = Service.STAY;
    List<AddedHost> added = new ArrayList<>();
    Optional<OtherRules> rules = Optional.empty();
    Judge judge = JUDGE;
    switch (random.nextInt(7)) {
      case 0 -> {
        attributes.put("software_version", new Attribute.Text(version));
        selected.forEach(
            name -> hosts.compute(name, (_, h) -> with(h, "software_version", version)));
      }
      case 1 -> {
        attributes.put("migration_version", new Attribute.Text("never-seen"));
        attributes.put("software_version", Attribute.ABSENT);
        selected.forEach(
            name ->
                hosts.compute(
                    name,
                    (_, h) ->
                        without(with(h, "migration_version", "never-seen"), "software_version")));
      }
      case 2 -> {
        attributes.put("pci/device", new Attribute.Text("0x1912"));
        kernel = Optional.of("6.9.0");
        selected.forEach(
            name -> hosts.compute(name, (_, h) -> kernel(device(unseen(h, "6.9.0")), "6.9.0")));
      }
      case 3 -> {
        service = Service.REMOVED;
        selected.forEach(hosts::remove);
      }
      case 4 -> {
        service = Service.DRAINED;
        selected.forEach(name -> hosts.compute(name, (_, h) -> silent(h)));
      }
      case 5 -> {
        String like = "host-" + random.nextInt(HOSTS);
        added.add(new AddedHost("host-2a", like, Optional.of("b")));
        added.add(new AddedHost("another", like, Optional.of("new")));
        hosts.put("host-2a", alike(Objects.requireNonNull(fleet.hosts().get(like)), "b"));
        hosts.put("another", alike(Objects.requireNonNull(fleet.hosts().get(like)), "new"));
      }
      default -> {
        Set<Policy> policies = Set.of(Policy.MUTUAL);
        judge = new Judge(policies);
        rules =
            Optional.of(new OtherRules(new TreeMap<>(), new TreeMap<>(), Optional.of(policies)));
      }
    }
    boolean isOfHosts = added.isEmpty() && rules.isEmpty();
    return new Made(
        new HypotheticalChange(
            isOfHosts ? selection : select(List.of()),
            new EndpointFilter(Optional.empty(), Optional.empty()),
            attributes,
            Optional.empty(),
            kernel,
            service,
            added,
            rules,
            List.of(),
            Set.of()),
        new RawFleet(hosts),
        judge);
  }

  private static HostSelection select(List<String> hosts) {
    return new HostSelection(
        hosts, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static RawHost endpoints(RawHost host, SortedMap<String, RawEndpoint> endpoints) {
    return new RawHost(host.pool(), host.kernel(), host.fresh(), endpoints, host.capacity());
  }

  private static RawHost with(RawHost host, String name, String value) {
    TreeMap<String, RawEndpoint> changed = new TreeMap<>();
    host.endpoints()
        .forEach(
            (endpoint, raw) -> {
              Map<String, String> type = new TreeMap<>(raw.type());
              type.put(name, value);
              changed.put(endpoint, new RawEndpoint(raw.kind(), type, raw.pci()));
            });
    return endpoints(host, changed);
  }

  /** Under another kernel a driver that comes with it may give another string. */
  private static RawHost unseen(RawHost host, String kernel) {
    String now =
        host.endpoints().values().stream()
            .flatMap(raw -> Optional.ofNullable(raw.type().get("migration_version")).stream())
            .findFirst()
            .orElse("");
    return now.isEmpty()
        ? host
        : with(host, "migration_version", "not seen: %s under %s".formatted(now, kernel));
  }

  private static RawHost without(RawHost host, String name) {
    TreeMap<String, RawEndpoint> changed = new TreeMap<>();
    host.endpoints()
        .forEach(
            (endpoint, raw) -> {
              Map<String, String> type = new TreeMap<>(raw.type());
              type.remove(name);
              changed.put(endpoint, new RawEndpoint(raw.kind(), type, raw.pci()));
            });
    return endpoints(host, changed);
  }

  private static RawHost device(RawHost host) {
    TreeMap<String, RawEndpoint> changed = new TreeMap<>();
    host.endpoints()
        .forEach(
            (endpoint, raw) -> {
              Map<String, String> pci = new TreeMap<>(raw.pci());
              pci.put("device", "0x1912");
              changed.put(endpoint, new RawEndpoint(raw.kind(), raw.type(), pci));
            });
    return endpoints(host, changed);
  }

  private static RawHost kernel(RawHost host, String kernel) {
    return new RawHost(host.pool(), kernel, host.fresh(), host.endpoints(), host.capacity());
  }

  private static RawHost silent(RawHost host) {
    return new RawHost(host.pool(), host.kernel(), false, host.endpoints(), host.capacity());
  }

  private static RawHost alike(RawHost host, String pool) {
    TreeMap<String, RawEndpoint> types = new TreeMap<>(host.endpoints());
    types.values().removeIf(endpoint -> endpoint.kind() == EndpointKind.MDEV_DEVICE);
    return new RawHost(Optional.of(pool), host.kernel(), true, types, host.capacity());
  }

  private static HypotheticalChange change(
      HostSelection selection, Map<String, String> set, Optional<DriverVersion> driver) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    set.forEach((name, value) -> attributes.put(name, new Attribute.Text(value)));
    return new HypotheticalChange(
        selection,
        new EndpointFilter(Optional.empty(), Optional.empty()),
        attributes,
        driver,
        Optional.empty(),
        Service.STAY,
        List.of(),
        Optional.empty(),
        List.of(),
        Set.of());
  }

  @Test
  void aStringThatNobodyHasSeenIsUnknownAndSaidToBe() throws BadRecordException {
    RawFleet fleet = fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> opaque(host));
    HypotheticalChange change =
        change(select(List.of("host-1")), Map.of("migration_version", "new"), Optional.empty());
    WhatIfResult found = whatIf.find(fleet.view(JUDGE), change, 0, Deadline.NONE);
    assertThat(found.unknown().pairs()).isPositive();
    assertThat(found.unknown().missing())
        .anySatisfy(missing -> assertThat(missing.reason().rule()).hasToString("opaque-unprobed"));
    assertThat(found.profiles()).isNotEmpty().allMatch(WhatIfResult.ChangedProfile::isNew);
  }

  @Test
  void aStringThatOtherHostsHaveIsUnknownAllTheSame() throws BadRecordException {
    RawFleet fleet = fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> opaque(host));
    HypotheticalChange change =
        change(select(List.of("host-1")), Map.of("migration_version", "seen"), Optional.empty());
    assertUnknown(fleet, "b", change); // the profile is there, in another pool
    assertUnknown(fleet, "a", change); // and in this one, where its pairs are unknown already
    HypotheticalChange none =
        new HypotheticalChange(
            select(List.of()),
            new EndpointFilter(Optional.empty(), Optional.empty()),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty(),
            Service.STAY,
            List.of(),
            Optional.of(new OtherRules(new TreeMap<>(), new TreeMap<>(), Optional.of(Set.of()))),
            List.of(),
            Set.of());
    IndexView view = fleet.view(JUDGE);
    assertThat(whatIf.find(view, none, 0, Deadline.NONE).unknown().pairs())
        .as("what was unknown before does not count where only rules change")
        .isZero();
  }

  @Test
  void aDeviceOfWhichNobodyKnowsADestinationIsNotSaidToHaveNone() throws BadRecordException {
    RawFleet fleet = fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> opaque(host));
    fleet.hosts().compute("host-1", (_, host) -> with(host, "migration_version", "lone"));
    HypotheticalChange drain =
        new HypotheticalChange(
            select(List.of("host-1")),
            new EndpointFilter(Optional.empty(), Optional.empty()),
            new TreeMap<>(),
            Optional.empty(),
            Optional.empty(),
            Service.DRAINED,
            List.of(),
            Optional.empty(),
            List.of(),
            Set.of());
    WhatIfResult found = whatIf.find(fleet.view(JUDGE), drain, 0, Deadline.NONE);
    WhatIfResult.Displaced displaced = found.drained().orElseThrow();
    assertThat(displaced.devices()).isPositive();
    assertThat(displaced.unknown().total()).isEqualTo(displaced.devices());
    assertThat(displaced.withoutDestination().total()).isZero();
    assertThat(found.judged()).isEqualTo(1);
  }

  private void assertUnknown(RawFleet fleet, String pool, HypotheticalChange change)
      throws BadRecordException {
    fleet
        .hosts()
        .computeIfPresent(
            "host-2",
            (_, host) -> {
              RawHost seen = with(host, "migration_version", "seen");
              return new RawHost(
                  Optional.of(pool), seen.kernel(), true, seen.endpoints(), seen.capacity());
            });
    WhatIfResult found = whatIf.find(fleet.view(JUDGE), change, 0, Deadline.NONE);
    assertThat(found.profiles()).isNotEmpty().noneMatch(WhatIfResult.ChangedProfile::isNew);
    assertThat(found.unknown().pairs()).isPositive();
    assertThat(found.unknown().missing())
        .anySatisfy(missing -> assertThat(missing.reason().rule()).hasToString("opaque-unprobed"));
  }

  private static RawHost opaque(RawHost host) {
    RawHost only = without(with(host, "migration_version", "known"), "software_version");
    return new RawHost(Optional.of("a"), only.kernel(), true, only.endpoints(), only.capacity());
  }

  @Test
  void theVersionOfADriverIsSetWhereTheProfileHoldsIt() throws BadRecordException {
    IndexView view = fleet(new Random(6)).view(JUDGE);
    HypotheticalChange change =
        change(
            select(List.of("host-3")), Map.of(), Optional.of(new DriverVersion("i915", "9.9.0")));
    assertThatThrownBy(
            () ->
                HypotheticalFleet.of(
                    view,
                    change(
                        select(List.of("host-3")),
                        Map.of(),
                        Optional.of(new DriverVersion("nvidia", "9.9.0"))),
                    Deadline.NONE))
        .isInstanceOf(ImpossibleChangeException.class)
        .hasMessageContaining("expected a driver of the selected hosts, found 'nvidia'")
        .hasMessageContaining("'i915'");
    assertThat(whatIf.find(view, change, 0, Deadline.NONE).profiles())
        .isNotEmpty()
        .allSatisfy(
            profile ->
                assertThat(profile.attributes())
                    .anySatisfy(
                        each -> {
                          assertThat(each.name()).isEqualTo("software_version");
                          assertThat(each.to()).hasValue("9.9.0");
                        })
                    .allSatisfy(
                        each ->
                            assertThat(each.to().orElseThrow())
                                .matches("9\\.9\\.0|not seen: opaque-. under 9\\.9\\.0")));
  }

  @Test
  void whatCannotBeIsRefusedWithWhatThereIs() throws BadRecordException {
    IndexView view = fleet(new Random(7)).view(JUDGE);
    refused(view, change(select(List.of()), Map.of("software_version", "1"), Optional.empty()))
        .hasMessageContaining("select: expected the hosts that change");
    refused(view, change(select(List.of()), Map.of(), Optional.empty()))
        .hasMessageContaining("expected a change");
    refused(view, change(select(List.of("nobody")), Map.of("driver", "x"), Optional.empty()))
        .hasMessageContaining("expected a host of the index");
    refused(view, change(select(List.of("host-1")), Map.of("features", "1"), Optional.empty()))
        .hasMessageContaining("found 'features'; they have:")
        .hasMessageContaining("software_version");
    HostSelection label =
        new HostSelection(
            List.of(),
            Optional.of("a"),
            Map.of("pool", "c"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    refused(view, change(label, Map.of("driver", "x"), Optional.empty()))
        .hasMessageContaining("label 'pool' 'c', found none among")
        .hasMessageContaining("there is: 'a'");
  }

  private AbstractThrowableAssert<?, ?> refused(IndexView view, HypotheticalChange change) {
    return assertThatThrownBy(() -> whatIf.find(view, change, 0, Deadline.NONE))
        .isInstanceOf(ImpossibleChangeException.class);
  }
}
