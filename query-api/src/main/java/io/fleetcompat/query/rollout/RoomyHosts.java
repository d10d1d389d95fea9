package io.fleetcompat.query.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hosts with room, by the profiles of the places that have it; and so the hosts that would take
 * a device of a profile, kept up to date from the first time that somebody asks for them. One
 * thread.
 */
final class RoomyHosts {

  private final IndexedProblem problem;

  /** By profile of a place: the hosts with such a place that has room. */
  private final BitSet[] byPlace;

  /** By host: the same, the other way round. */
  private final BitSet[] roomOf;

  /** By profile of a place: the profiles of devices that can go there and were asked for. */
  private final List<List<Integer>> sources = new ArrayList<>();

  /** By profile of a device: the hosts that take it. */
  private final @Nullable BitSet[] takers;

  private final int[] counts;

  /** By profile of a place: the host that is looked at has such a place with room; else false. */
  private final boolean[] hasRoom;

  RoomyHosts(IndexedProblem problem) {
    this.problem = problem;
    byPlace = new BitSet[problem.profiles()];
    takers = new BitSet[problem.profiles()];
    counts = new int[problem.profiles()];
    hasRoom = new boolean[problem.profiles()];
    roomOf = new BitSet[problem.hosts()];
    Arrays.setAll(roomOf, _ -> new BitSet());
    for (int profile = 0; profile < byPlace.length; profile++) {
      byPlace[profile] = new BitSet();
      sources.add(new ArrayList<>());
    }
  }

  /** Looks at a host again. */
  void look(int host, RolloutState state) {
    boolean changed = state.isChanged(host);
    int first = problem.firstPlace(host);
    int end = problem.endOfPlaces(host);
    for (int place = first; place < end; place++) {
      if (state.room(place) > 0) {
        hasRoom[problem.profileOfPlace(place, changed)] = true;
      }
    }
    for (int place = first; place < end; place++) {
      int before = problem.profileOfPlace(place, false);
      int after = problem.profileOfPlace(place, true);
      set(before, host, hasRoom[before]);
      set(after, host, hasRoom[after]);
    }
    for (int place = first; place < end; place++) {
      hasRoom[problem.profileOfPlace(place, changed)] = false;
    }
  }

  private void set(int profile, int host, boolean has) {
    if (byPlace[profile].get(host) != has) {
      byPlace[profile].set(host, has);
      roomOf[host].set(profile, has);
      for (int source : sources.get(profile)) {
        BitSet hosts = of(source);
        boolean takes = has || problem.destinations(source).intersects(roomOf[host]);
        if (hosts.get(host) != takes) {
          hosts.set(host, takes);
          counts[source] += takes ? 1 : -1;
        }
      }
    }
  }

  /** The hosts with room for a device of a profile. */
  BitSet of(int profile) {
    BitSet hosts = takers[profile];
    if (hosts == null) {
      BitSet all = new BitSet();
      problem.destinations(profile).stream()
          .forEach(
              place -> {
                all.or(byPlace[place]);
                sources.get(place).add(profile);
              });
      takers[profile] = all;
      counts[profile] = all.cardinality();
      return all;
    }
    return hosts;
  }

  /** The number of hosts with room for a device of a profile. */
  int count(int profile) {
    of(profile);
    return counts[profile];
  }
}
