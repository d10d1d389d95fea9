package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.query.lookup.Claims.CheckedClaim;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.PlacedHost.HostProblem;
import io.fleetcompat.query.replica.ProblemCounts;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.FormerName;
import io.fleetcompat.schemas.HostProblemKind;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.Liveness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The hosts of a view, and what they have. Any thread. */
public final class Hosts {

  /** Most hosts looked at for one page; where more would be, the page ends early. */
  static final int MAX_EXAMINED = 50_000;

  /** Most hosts that are told to have had one name. */
  private static final int MOST_RENAMED = 8;

  private final Sightings sightings;

  public Hosts(Sightings sightings) {
    this.sightings = sightings;
  }

  /**
   * A host.
   *
   * @param kernel release; empty where it is not known
   * @param document that its endpoints are from
   * @param observedAt when that was read, in milliseconds since 1970, by the host's clock
   * @param endpoints how many it has
   * @param extent what there may be beside them
   * @param findings what is wrong with what speaks for the host
   * @param problems how many problems and findings it has of each kind
   * @param former the name that it had before, as its collector says
   * @param renamedTo hosts that say that they had its name before, sorted; empty while it is heard
   */
  public record KnownHost(
      String name,
      SortedMap<String, String> labels,
      Optional<String> kernel,
      Sighting seen,
      DocumentVersion document,
      long observedAt,
      int endpoints,
      Extent extent,
      List<String> findings,
      Map<HostProblemKind, Integer> problems,
      Optional<FormerName> former,
      List<String> renamedTo) {}

  /**
   * An endpoint of a host.
   *
   * @param capacity instances still creatable; negative where there is none
   * @param use of a device that exists; empty of a type
   * @param obligations values of {@code dynamic_resources}
   */
  public record KnownEndpoint(
      String name,
      EndpointEntryKind kind,
      Fingerprint profile,
      int capacity,
      Optional<Use> use,
      Map<String, String> obligations) {}

  /**
   * A host with all that it has.
   *
   * @param functions PCI functions that are no endpoints but may be named
   * @param problems that its collector reported
   * @param claims what is declared of its devices, and what their drivers show
   */
  public record WholeHost(
      KnownHost host,
      List<KnownEndpoint> endpoints,
      List<String> functions,
      List<HostProblem> problems,
      List<CheckedClaim> claims) {}

  /**
   * A page.
   *
   * @param last name of the last host that was looked at; empty where none is left
   * @param total of all pages, of whatever liveness
   */
  public record Page(List<KnownHost> hosts, Optional<String> last, int total) {}

  /**
   * A question for hosts.
   *
   * @param prefix what their names begin with; empty for all
   * @param wanted the only liveness that counts; empty where all do
   */
  public record Question(Scope scope, String prefix, Optional<Liveness> wanted) {}

  /**
   * A page of hosts, by name.
   *
   * @param after the name that the page before ended with; empty for the first
   */
  public Page list(IndexView view, Question question, String after, int limit) {
    OrderedKeys hosts = question.scope.members().byName();
    String prefix = question.prefix;
    Optional<Liveness> wanted = question.wanted;
    int first = hosts.first(key -> name(view, key).compareTo(prefix) >= 0);
    int end =
        hosts.first(
            key -> name(view, key).compareTo(prefix) >= 0 && !name(view, key).startsWith(prefix));
    int begin = Math.max(first, hosts.first(key -> name(view, key).compareTo(after) > 0));
    OrderedKeys.Walk walk = hosts.from(begin);
    List<KnownHost> found = new ArrayList<>();
    String last = after;
    long now = sightings.now();
    int at = begin;
    for (; at < end && found.size() < limit && at - begin < MAX_EXAMINED; at++) {
      Host host = view.fleet().hostOf(walk.next());
      Sighting seen = sightings.of(host, now);
      last = host.name();
      if (wanted.isEmpty() || wanted.get() == seen.liveness()) {
        found.add(known(view, host, seen));
      }
    }
    return new Page(found, at < end ? Optional.of(last) : Optional.empty(), end - first);
  }

  private static String name(IndexView view, long key) {
    return view.fleet().hostOf(key).name();
  }

  /** The host of that name; empty where there is none. */
  public Optional<WholeHost> find(IndexView view, String name) {
    return Optional.ofNullable(view.fleet().find(name)).map(host -> whole(view, host));
  }

  /** True where there is a host of that name. */
  public static boolean has(IndexView view, String name) {
    return view.fleet().find(name) != null;
  }

  /** The first few of the hosts that say that they had that name before; usually none, or one. */
  public static List<String> renamedTo(IndexView view, String name) {
    List<String> all = view.fleet().renamed().of(name);
    return all.subList(0, Math.min(all.size(), MOST_RENAMED));
  }

  /** The pool of that host; empty where it is in none, or there is no such host. */
  public static Optional<String> pool(IndexView view, String name) {
    return Optional.ofNullable(view.fleet().find(name)).flatMap(host -> host.placed().pool());
  }

  /** The document that the endpoints of that host are from; empty where there is none. */
  public static Optional<DocumentVersion> document(IndexView view, String name) {
    return Optional.ofNullable(view.fleet().find(name)).map(host -> host.placed().version());
  }

  private static KnownHost known(IndexView view, Host host, Sighting seen) {
    return new KnownHost(
        host.name(),
        host.placed().labels(),
        host.placed().kernel(),
        seen,
        host.placed().version(),
        host.placed().observedAt(),
        host.placed().endpoints().size(),
        host.placed().extent(),
        host.placed().findings(),
        ProblemCounts.of(host.placed()),
        host.placed().former(),
        seen.liveness() == Liveness.FRESH ? List.of() : renamedTo(view, host.name()));
  }

  private WholeHost whole(IndexView view, Host host) {
    EndpointTable table = host.placed().endpoints();
    Sighting seen = sightings.of(host, sightings.now());
    List<KnownEndpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      IndexedEndpoint endpoint = IndexedEndpoint.of(host, i);
      endpoints.add(
          new KnownEndpoint(
              endpoint.name(),
              table.kind(i),
              endpoint.fingerprint(view),
              endpoint.capacity(),
              endpoint.use(seen),
              endpoint.dynamic()));
    }
    return new WholeHost(
        known(view, host, seen),
        endpoints,
        host.placed().functions(),
        host.placed().problems(),
        Claims.of(view, host));
  }
}
