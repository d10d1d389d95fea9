package io.fleetcompat.query.rollout;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The hosts that are out together, and how many others a device can go to meanwhile. Of no use once
 * the state is another. One thread.
 */
final class OutHosts {

  private static final int UNKNOWN = -1;

  /** So few hosts are looked at one by one. */
  private static final int FEW = 64;

  private final RolloutState state;
  private final BitSet out;
  private final int size;

  /** By profile: the hosts that would take a device. */
  private final int[] counts;

  OutHosts(IndexedProblem problem, RolloutState state, BitSet out) {
    this.state = state;
    this.out = out;
    this.size = out.cardinality();
    counts = new int[problem.profiles()];
    Arrays.fill(counts, UNKNOWN);
  }

  BitSet hosts() {
    return out;
  }

  boolean has(int host) {
    return out.get(host);
  }

  /** The hosts with room for a device of a profile, but for those that are out. */
  BitSet open(int profile) {
    BitSet hosts = (BitSet) state.hosts(profile).clone();
    hosts.andNot(out);
    return hosts;
  }

  private int count(int profile) {
    if (counts[profile] == UNKNOWN) {
      counts[profile] = state.countOfHosts(profile) - outOf(state.hosts(profile));
    }
    return counts[profile];
  }

  private int outOf(BitSet hosts) {
    if (size > FEW) {
      BitSet both = (BitSet) out.clone();
      both.and(hosts);
      return both.cardinality();
    }
    int count = 0;
    for (int host = out.nextSetBit(0); host >= 0; host = out.nextSetBit(host + 1)) {
      count += hosts.get(host) ? 1 : 0;
    }
    return count;
  }

  /** The number of hosts but its own that a device of a profile can go to. */
  int others(int profile, int own) {
    return count(profile) - (!out.get(own) && state.hosts(profile).get(own) ? 1 : 0);
  }

  /** True where a device of a profile can go to so many hosts at least, wherever it is. */
  boolean areAtLeast(int hosts, int profile) {
    return state.countOfHosts(profile) - size > hosts || count(profile) > hosts;
  }
}
