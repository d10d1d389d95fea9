package io.fleetcompat.query.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The hosts that are still to be changed, those with the fewest devices first. */
final class HostsLeft {

  private HostsLeft() {}

  static List<Integer> of(IndexedProblem problem, RolloutState state) {
    List<Integer> left = new ArrayList<>();
    for (int host = 0; host < problem.hosts(); host++) {
      if (!state.finished().get(host)) {
        left.add(host);
      }
    }
    left.sort(Comparator.comparingInt((Integer host) -> state.load(host)).thenComparing(h -> h));
    return left;
  }
}
