package io.fleetcompat.query.rollout;

import java.util.ArrayList;
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

  /** By profile of a place: the profiles of devices that can go there and were asked for. */
  private final List<List<Integer>> sources = new ArrayList<>();

  /** By profile of a device: the hosts that take it. */
  private final @Nullable BitSet[] takers;

  private final int[] counts;

  RoomyHosts(IndexedProblem problem) {
    this.problem = problem;
    byPlace = new BitSet[problem.profiles()];
    takers = new BitSet[problem.profiles()];
    counts = new int[problem.profiles()];
    for (int profile = 0; profile < byPlace.length; profile++) {
      byPlace[profile] = new BitSet();
      sources.add(new ArrayList<>());
    }
  }

  /** Looks at a host again. */
  void look(int host, RolloutState state) {
    boolean changed = state.isChanged(host);
    int end = problem.endOfPlaces(host);
    for (int place = problem.firstPlace(host); place < end; place++) {
      int before = problem.profileOfPlace(place, false);
      int after = problem.profileOfPlace(place, true);
      set(before, host, hasRoom(host, before, changed, state));
      if (after != before) {
        set(after, host, hasRoom(host, after, changed, state));
      }
    }
  }

  private boolean hasRoom(int host, int profile, boolean changed, RolloutState state) {
    int end = problem.endOfPlaces(host);
    for (int place = problem.firstPlace(host); place < end; place++) {
      if (problem.profileOfPlace(place, changed) == profile && state.room(place) > 0) {
        return true;
      }
    }
    return false;
  }

  private void set(int profile, int host, boolean has) {
    if (byPlace[profile].get(host) != has) {
      byPlace[profile].set(host, has);
      for (int source : sources.get(profile)) {
        BitSet hosts = of(source);
        boolean takes = has || takes(source, host);
        if (hosts.get(host) != takes) {
          hosts.set(host, takes);
          counts[source] += takes ? 1 : -1;
        }
      }
    }
  }

  private boolean takes(int source, int host) {
    BitSet to = problem.destinations(source);
    for (int place = to.nextSetBit(0); place >= 0; place = to.nextSetBit(place + 1)) {
      if (byPlace[place].get(host)) {
        return true;
      }
    }
    return false;
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
