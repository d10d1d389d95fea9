package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pools of a view, and who is in them. Any thread. */
public final class Pools {

  private Pools() {}

  /** A pool, and how many hosts it has. */
  public record PoolSize(String name, int hosts) {}

  /** A profile, and how many hosts of the pool have it. */
  public record PoolProfile(Fingerprint profile, int hosts) {}

  /**
   * A pool.
   *
   * @param hosts how many it has
   * @param members the first of them, by name
   */
  public record Pool(int hosts, List<String> members, List<PoolProfile> profiles) {}

  /** All pools, by name. */
  public static List<PoolSize> list(IndexView view) {
    List<PoolSize> pools = new ArrayList<>();
    view.fleet().pools().forEach((name, hosts) -> pools.add(new PoolSize(name, hosts.size())));
    return pools;
  }

  /** The hosts of that pool; empty where there are none. */
  public static Optional<Scope> scope(IndexView view, String name) {
    return Optional.ofNullable(view.fleet().pools().get(name))
        .map(hosts -> Scope.pool(name, hosts));
  }

  /**
   * That pool; empty where there is none.
   *
   * @param mostMembers how many hosts are named
   */
  public static Optional<Pool> find(IndexView view, String name, int mostMembers) {
    return scope(view, name).map(scope -> pool(view, scope.members(), mostMembers));
  }

  private static Pool pool(IndexView view, Membership hosts, int mostMembers) {
    List<String> members = new ArrayList<>();
    OrderedKeys.Walk walk = hosts.byName().from(0);
    while (members.size() < mostMembers && walk.hasNext()) {
      members.add(view.fleet().hostOf(walk.next()).name());
    }
    List<PoolProfile> profiles = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      ProfileEndpoints of = hosts.endpoints(slot);
      if (!of.isEmpty()) {
        profiles.add(new PoolProfile(view.matrix().fingerprint(slot), of.hosts()));
      }
    }
    return new Pool(hosts.size(), members, profiles);
  }
}
