package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to "what if?" is what the index says once it is so. */
class WhatIfTest {

  private final WhatIf whatIf = new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  /** A change, and the same made to the fleet as it is read. */
  private record Made(HypotheticalChange change, RawFleet fleet, Judge judge) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itIsWhatTheIndexSaysOnceTheChangeIsMade(long seed) throws BadRecordException {
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      RawFleet fleet = ChangedFleets.fleet(random);
      Made made = made(fleet, random);
      IndexView before = fleet.view(ChangedFleets.JUDGE);
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

  private static Made made(RawFleet fleet, Random random) {
    TreeMap<String, RawHost> hosts = new TreeMap<>(fleet.hosts());
    Set<String> selected = new TreeSet<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      selected.add("host-" + random.nextInt(ChangedFleets.HOSTS));
    }
    HostSelection selection =
        new HostSelection(
            List.copyOf(selected),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    String version = ChangedFleets.VERSIONS.get(random.nextInt(ChangedFleets.VERSIONS.size()));
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    Optional<String> kernel = Optional.empty();
    Service service = Service.STAY;
    List<AddedHost> added = new ArrayList<>();
    Optional<OtherRules> rules = Optional.empty();
    Judge judge = ChangedFleets.JUDGE;
    switch (random.nextInt(7)) {
      case 0 -> {
        attributes.put("software_version", new Attribute.Text(version));
        selected.forEach(
            name ->
                hosts.compute(name, (_, h) -> ChangedFleets.with(h, "software_version", version)));
      }
      case 1 -> {
        attributes.put("migration_version", new Attribute.Text("never-seen"));
        attributes.put("software_version", Attribute.ABSENT);
        selected.forEach(
            name ->
                hosts.compute(
                    name,
                    (_, h) ->
                        ChangedFleets.without(
                            ChangedFleets.with(h, "migration_version", "never-seen"),
                            "software_version")));
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
        String like = "host-" + random.nextInt(ChangedFleets.HOSTS);
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
            isOfHosts ? selection : ChangedFleets.select(List.of()),
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

  /** Under another kernel a driver that comes with it may give another string. */
  private static RawHost unseen(RawHost host, String kernel) {
    String now =
        host.endpoints().values().stream()
            .flatMap(raw -> Optional.ofNullable(raw.type().get("migration_version")).stream())
            .findFirst()
            .orElse("");
    return now.isEmpty()
        ? host
        : ChangedFleets.with(
            host, "migration_version", "not seen: %s under %s".formatted(now, kernel));
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
    return ChangedFleets.endpoints(host, changed);
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
}
