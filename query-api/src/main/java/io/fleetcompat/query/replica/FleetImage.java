package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as one view has it: its hosts, and which endpoints have which profile, in the whole
 * fleet and in each pool. Immutable; any number of threads.
 *
 * @param names shared by all views of a replica
 * @param hosts by number
 * @param unplaced what is told of hosts whose placement is not known, or no longer, by number
 * @param members all hosts
 * @param pools by the value of the label that names a pool; hosts without it are in none
 * @param endpoints of all hosts together
 * @param refusing hosts of which something was not read, since it is beyond a bound
 * @param claims what is declared of devices
 * @param problems what is wrong with hosts
 * @param renamed those that had other names before
 */
public record FleetImage(
    FleetNames names,
    Chunks<Host> hosts,
    Chunks<ToldCapacities> unplaced,
    Membership members,
    PoolImages pools,
    int endpoints,
    int refusing,
    ClaimCounts claims,
    ProblemCounts problems,
    RenamedHosts renamed) {

  static FleetImage empty(FleetNames names) {
    return new FleetImage(
        names,
        Chunks.empty(),
        Chunks.empty(),
        Membership.empty(names.order()),
        PoolImages.NONE,
        0,
        0,
        ClaimCounts.NONE,
        ProblemCounts.NONE,
        RenamedHosts.NONE);
  }

  /**
   * The same fleet with names of its own: whoever adds hosts to these pools, no other view sees
   * their names. Of other pools the members may not be changed.
   *
   * @param slots all slots are below this
   */
  FleetImage withOwnNames(Set<String> concerned, int slots) {
    FleetNames own = names.copy();
    Map<String, Membership> moved = new HashMap<>();
    for (String pool : concerned) {
      Membership of = pools.get(pool);
      if (of != null) {
        moved.put(pool, of.by(own.order(), slots));
      }
    }
    return new FleetImage(
        own,
        hosts,
        unplaced,
        members.by(own.order(), slots),
        pools.with(moved, own.pools()),
        endpoints,
        refusing,
        claims,
        problems,
        renamed);
  }

  /** The host of that name; null where there is none. */
  public @Nullable Host find(String name) {
    int id = names.hosts().find(name);
    return id < 0 ? null : hosts.get(id);
  }

  /**
   * The hosts that may be meant by a name which none has: in another case, or without a part of its
   * domain. None where too many hosts had that spelling to tell.
   */
  public List<Host> meant(String name) {
    List<Host> meant = new ArrayList<>();
    for (int id : names.spellings().find(name)) {
      Host host = hosts.get(id);
      if (host != null) {
        meant.add(host);
      }
    }
    return meant;
  }

  /** The host of that number; null where it has left. */
  public @Nullable Host find(int id) {
    return hosts.get(id);
  }

  /** The host that has an endpoint of one of this image's sets. */
  public Host hostOf(long key) {
    return host(CandidateKey.host(key));
  }

  /** The host of that number, which one of this image's sets names. */
  public Host host(int id) {
    Host host = hosts.get(id);
    if (host == null) {
      throw new IllegalStateException("a view's sets name only hosts of the view");
    }
    return host;
  }
}
