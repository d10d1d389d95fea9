package io.fleetcompat.query.whatif;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.lookup.FoundHost;
import io.fleetcompat.query.lookup.Suggestions;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.query.whatif.ImpossibleChangeException.What;
import io.fleetcompat.settings.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The hosts that a change is about: those to which all of this applies. Pure data.
 *
 * @param hosts by name; empty where names do not matter
 * @param labels each with the value that it must have
 * @param driver of an endpoint of the host
 * @param driverVersion that an endpoint with that driver must hold
 */
public record HostSelection(
    List<String> hosts,
    Optional<String> pool,
    Map<String, String> labels,
    Optional<String> kernel,
    Optional<String> driver,
    Optional<String> driverVersion) {

  /** Most values that a refusal names. */
  private static final int MOST_NAMED = 10;

  public HostSelection {
    hosts = List.copyOf(new TreeSet<>(hosts));
    labels = Map.copyOf(labels);
    if (driverVersion.isPresent() && driver.isEmpty()) {
      throw new ImpossibleChangeException(
          "select.driverVersion: expected the driver that has it (select.driver), found none");
    }
  }

  /** True where nothing is asked of a host. */
  public boolean isEmpty() {
    return hosts.isEmpty()
        && pool.isEmpty()
        && labels.isEmpty()
        && kernel.isEmpty()
        && driver.isEmpty();
  }

  /**
   * The hosts, by name.
   *
   * @throws ImpossibleChangeException where there are none: it says what there is
   */
  List<Host> find(IndexView view, ProfileFacts facts) {
    List<Host> found = hosts.isEmpty() ? members(view) : named(view);
    if (!hosts.isEmpty() && pool.isPresent()) {
      found = narrow(found, "pool", pool.get(), host -> host.placed().pool().stream().toList());
    }
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      found =
          narrow(
              found,
              "label " + Quoted.of(label.getKey()),
              label.getValue(),
              host -> value(host.placed().labels(), label.getKey()));
    }
    if (kernel.isPresent()) {
      found =
          narrow(found, "kernel", kernel.get(), host -> host.placed().kernel().stream().toList());
    }
    if (driver.isPresent()) {
      found = narrow(found, "driver", driver.get(), host -> List.copyOf(facts.drivers(host)));
    }
    if (driverVersion.isPresent()) {
      String of = driver.orElseThrow();
      found =
          narrow(
              found,
              "version of " + Quoted.of(of),
              driverVersion.get(),
              host -> List.copyOf(facts.versions(host, of)));
    }
    return found;
  }

  private static List<String> value(SortedMap<String, String> labels, String key) {
    return Optional.ofNullable(labels.get(key)).stream().toList();
  }

  private List<Host> named(IndexView view) {
    SortedMap<String, Host> found = new TreeMap<>(); // a host may be named by two spellings
    for (String name : hosts) {
      Host host = host(view, "select.hosts", name);
      found.put(host.name(), host);
    }
    return List.copyOf(found.values());
  }

  /**
   * The host that a name means.
   *
   * @throws ImpossibleChangeException where it means none, or may mean several
   */
  static Host host(IndexView view, String where, String name) {
    return switch (FoundHost.find(view, name)) {
      case FoundHost.Known(Host host) -> host;
      case FoundHost.Unknown(String asked) ->
          throw new ImpossibleChangeException(
              What.HOST,
              "%s: expected a host of the index (/v1/hosts lists them), found %s%s"
                  .formatted(
                      where, Quoted.of(asked), Nearest.question(Suggestions.hosts(view, asked))));
      case FoundHost.Ambiguous(String asked, List<String> meant) ->
          throw new ImpossibleChangeException(
              What.CHANGE,
              "%s: expected a name that only one host has, found %s, which may be %s"
                  .formatted(where, Quoted.of(asked), String.join(" or ", meant)));
    };
  }

  private List<Host> members(IndexView view) {
    Membership members =
        pool.isEmpty() ? view.fleet().members() : view.fleet().pools().get(pool.get());
    if (members == null) {
      throw new ImpossibleChangeException(
          What.POOL,
          "select.pool: expected a pool of the index (/v1/pools lists them), found "
              + Quoted.of(pool.orElseThrow()));
    }
    List<Host> found = new ArrayList<>(members.size());
    for (OrderedKeys.Walk walk = members.byName().from(0); walk.hasNext(); ) {
      found.add(view.fleet().hostOf(walk.next()));
    }
    return found;
  }

  private static List<Host> narrow(
      List<Host> from, String what, String wanted, Function<Host, List<String>> values) {
    List<Host> found = from.stream().filter(host -> values.apply(host).contains(wanted)).toList();
    if (found.isEmpty()) {
      Set<String> there = new TreeSet<>();
      from.forEach(host -> there.addAll(values.apply(host)));
      throw new ImpossibleChangeException(
          "select: expected hosts with %s %s, found none among %d; there is: %s"
              .formatted(what, Quoted.of(wanted), from.size(), named(there)));
    }
    return found;
  }

  /** Some names in quotes, with the number of the others. */
  static String named(Set<String> names) {
    List<String> first = names.stream().limit(MOST_NAMED).map(Quoted::of).toList();
    String more = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
    return first.isEmpty() ? "nothing" : String.join(", ", first) + more;
  }
}
