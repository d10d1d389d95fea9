package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The moment before the last host is changed, whichever order led there: all devices are on hosts
 * that have changed or need not. A device that could be on none of these, whatever room they have,
 * proves that this host is not the last one. One thread.
 */
final class LastHost {

  private final RolloutProblem problem;
  private final int[] required;
  private final Map<Integer, BitSet> becomes = new HashMap<>();

  /** All that the places of a device depend on. */
  private record Wanted(int profile, int required) {}

  LastHost(RolloutProblem problem, int[] required) {
    this.problem = problem;
    this.required = required;
  }

  /**
   * A device that could be nowhere if that host were the last one; empty where there is none. One
   * that may be unused proves nothing.
   */
  Optional<Integer> homeless(int host) {
    Map<Integer, BitSet> reach = new HashMap<>();
    Map<Wanted, Boolean> known = new HashMap<>();
    for (int device = 0; device < required.length; device++) {
      RolloutProblem.Device of = problem.devices().get(device);
      Wanted wanted = new Wanted(of.profile(), required[device]);
      boolean finds =
          of.at() != RolloutProblem.NONE
              || (problem.hosts().get(of.host()).changes()
                  ? known.computeIfAbsent(wanted, each -> finds(each, host, reach))
                  : others(of.profile(), of.host(), host, reach) >= wanted.required());
      if (!finds) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  private boolean finds(Wanted wanted, int last, Map<Integer, BitSet> reach) {
    BitSet profiles = becomes(wanted.profile());
    for (int host = 0; host < problem.hosts().size(); host++) {
      for (Place place : problem.hosts().get(host).places()) {
        if (host != last
            && profiles.stream().anyMatch(p -> problem.ways().isCompatible(p, place.after()))
            && others(place.instanceAfter(), host, last, reach) >= wanted.required()) {
          return true;
        }
      }
    }
    return false;
  }

  /** All profiles that a device may come to have by going from place to place. */
  private BitSet becomes(int profile) {
    return becomes.computeIfAbsent(profile, this::closure);
  }

  private BitSet closure(int profile) {
    BitSet found = new BitSet();
    found.set(profile);
    Deque<Integer> waiting = new ArrayDeque<>();
    waiting.add(profile);
    while (!waiting.isEmpty()) {
      int from = waiting.remove();
      for (Stop host : problem.hosts()) {
        for (Place place : host.places()) {
          add(from, place.before(), place.instanceBefore(), found, waiting);
          add(from, place.after(), place.instanceAfter(), found, waiting);
        }
      }
    }
    return found;
  }

  private void add(int from, int to, int instance, BitSet found, Deque<Integer> waiting) {
    if (!found.get(instance) && problem.ways().isCompatible(from, to)) {
      found.set(instance);
      waiting.add(instance);
    }
  }

  /** The number of hosts but two that would take a device once all have changed. */
  private int others(int profile, int own, int last, Map<Integer, BitSet> reach) {
    BitSet hosts =
        reach.computeIfAbsent(
            profile,
            of -> {
              BitSet take = new BitSet();
              for (int host = 0; host < problem.hosts().size(); host++) {
                take.set(host, host != last && takes(problem.hosts().get(host), of));
              }
              return take;
            });
    return hosts.cardinality() - (hosts.get(own) ? 1 : 0);
  }

  private boolean takes(Stop host, int profile) {
    return host.places().stream()
        .anyMatch(place -> problem.ways().isCompatible(profile, place.after()));
  }
}
