package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pools of a view, and who is in them. Any thread. */
public final class Pools {

  private Pools() {}

  /** Most endpoints of one stranded profile that are named. */
  private static final int MAX_NAMED = 20;

  /** The pools whose state nobody knows yet come first, then those that are worst off. */
  private static final Comparator<ListedPool> WORST_FIRST =
      Comparator.<ListedPool, Boolean>comparing(pool -> pool.health.isPresent())
          .thenComparing(pool -> !pool.split)
          .thenComparingInt(pool -> -pool.stranded(PoolHealthRecord::getDevices))
          .thenComparingInt(pool -> -pool.stranded(PoolHealthRecord::getTypes))
          .thenComparing(ListedPool::name);

  /**
   * A pool, and how it is.
   *
   * @param hosts how many it has
   * @param split whether devices of one kind, vendor and type have no way there and back
   * @param health empty where the indexer has not told of it yet
   */
  public record ListedPool(
      String name, int hosts, boolean split, Optional<PoolHealthRecord> health) {

    static ListedPool of(IndexView view, String name, int hosts) {
      Optional<PoolHealthRecord> health = view.health().find(name);
      boolean split =
          health.stream()
              .flatMap(known -> known.getFamilies().stream())
              .anyMatch(family -> family.getGroups() > 1);
      return new ListedPool(name, hosts, split, health);
    }

    private int stranded(Function<PoolHealthRecord, PoolMovability> of) {
      return health.map(known -> of.apply(known).getStranded()).orElse(0);
    }
  }

  /**
   * A profile with endpoints that cannot move.
   *
   * @param endpoints the first of those that have it
   */
  public record Stranded(StrandedMember member, List<String> endpoints) {}

  /**
   * A profile that hosts of the pool have.
   *
   * @param like kind, vendor and type in words
   * @param hosts how many have it
   * @param example an endpoint of theirs
   */
  public record PoolProfile(
      Fingerprint profile, String like, int hosts, Optional<String> example) {}

  /**
   * A pool.
   *
   * @param members the first hosts, by name
   * @param stranded those with most endpoints first
   */
  public record Pool(
      ListedPool state,
      List<String> members,
      List<PoolProfile> profiles,
      List<Stranded> stranded) {}

  /** All pools, the worst first. */
  public static List<ListedPool> list(IndexView view) {
    List<ListedPool> pools = new ArrayList<>();
    view.fleet()
        .pools()
        .forEach((name, hosts) -> pools.add(ListedPool.of(view, name, hosts.size())));
    pools.sort(WORST_FIRST);
    return pools;
  }

  /** The hosts of that pool; empty where there are none. */
  public static Optional<Scope> scope(IndexView view, String name) {
    return Optional.ofNullable(view.fleet().pools().get(name))
        .map(hosts -> Scope.pool(name, hosts));
  }

  /**
   * The pool of that name; empty where there is none.
   *
   * @param mostMembers how many hosts are named
   */
  public static Optional<Pool> find(IndexView view, String name, int mostMembers) {
    return scope(view, name).map(scope -> pool(view, name, scope.members(), mostMembers));
  }

  private static Pool pool(IndexView view, String name, Membership hosts, int mostMembers) {
    List<String> members = new ArrayList<>();
    OrderedKeys.Walk walk = hosts.byName().from(0);
    while (members.size() < mostMembers && walk.hasNext()) {
      members.add(view.fleet().hostOf(walk.next()).name());
    }
    List<PoolProfile> profiles = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      ProfileEndpoints of = hosts.endpoints(slot);
      if (!of.isEmpty()) {
        profiles.add(
            new PoolProfile(
                view.matrix().fingerprint(slot),
                ProfileWords.like(new CandidateFilter(view, slot).wanted()),
                of.hosts(),
                ProfileWords.example(view, hosts, slot)));
      }
    }
    profiles.sort(Comparator.comparing(PoolProfile::profile)); // slots are of this process alone
    ListedPool state = ListedPool.of(view, name, hosts.size());
    List<Stranded> stranded =
        state.health.stream()
            .flatMap(known -> known.getStranded().stream())
            .map(member -> new Stranded(member, named(view, hosts, member)))
            .toList();
    return new Pool(state, members, profiles, stranded);
  }

  private static List<String> named(IndexView view, Membership hosts, StrandedMember member) {
    int slot = view.matrix().slot(Fingerprint.of(member.getProfile().bytes()));
    if (slot < 0) {
      return List.of();
    }
    return member.getOnlyHost() == null
        ? everywhere(view, hosts, slot)
        : Optional.ofNullable(view.fleet().find(member.getOnlyHost()))
            .map(host -> on(host, slot))
            .orElse(List.of());
  }

  private static List<String> everywhere(IndexView view, Membership hosts, int slot) {
    List<String> named = new ArrayList<>();
    OrderedKeys.Walk walk = hosts.endpoints(slot).placedFresh().from(0);
    while (named.size() < MAX_NAMED && walk.hasNext()) {
      long key = walk.next();
      Host host = view.fleet().hostOf(key);
      named.add(IndexedEndpoint.of(host, CandidateKey.index(key)).reference());
    }
    return named;
  }

  private static List<String> on(Host host, int slot) {
    List<String> named = new ArrayList<>();
    int size = host.placed().endpoints().size();
    for (int i = 0; i < size && named.size() < MAX_NAMED; i++) {
      IndexedEndpoint endpoint = IndexedEndpoint.of(host, i);
      if (endpoint.slot() == slot) {
        named.add(endpoint.reference());
      }
    }
    return named;
  }
}
