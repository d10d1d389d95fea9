package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The number of other hosts to which each device must be able to go: as many as are to be kept, and
 * no more than it can go to at first. Devices of one profile go to the same hosts, so they are
 * looked at one by one only where their number is just enough. One thread.
 */
final class KeptHosts {

  private final IndexedProblem problem;
  private final int[] required;

  /** By profile: no device that has it, or has had it, requires more. */
  private final int[] most;

  /**
   * The causes that keep hosts from being out together.
   *
   * @param certain whether no choice of places would help
   */
  record Lost(Block block, boolean certain) {}

  private KeptHosts(IndexedProblem problem, int[] required) {
    this.problem = problem;
    this.required = required;
    this.most = new int[problem.profiles()];
    for (int device = 0; device < required.length; device++) {
      note(device, problem.profileOfDevice(device));
    }
  }

  /** Notes that a device has another profile. */
  void note(int device, int profile) {
    most[profile] = Math.max(most[profile], required[device]);
  }

  /** The numbers that the devices of a problem have at first. */
  static KeptHosts of(IndexedProblem problem) {
    RolloutState now = new RolloutState(problem);
    int[] required = new int[problem.devices()];
    for (int device = 0; device < required.length; device++) {
      BitSet hosts = now.hosts(now.profile(device));
      int own = hosts.get(now.host(device)) ? 1 : 0;
      required[device] = Math.min(problem.keep(), hosts.cardinality() - own);
    }
    return new KeptHosts(problem, required);
  }

  /** The same for a problem with the same devices. */
  KeptHosts in(IndexedProblem other) {
    return new KeptHosts(other, required);
  }

  int required(int device) {
    return required[device];
  }

  /**
   * The first device that stays and could not go to as many hosts as it must. Of a device that
   * would itself be moved with more hosts at once that proves nothing, where more than one host is
   * to be kept: from its new place it might reach more.
   *
   * @param out the hosts that are out
   * @param host that is told to be kept by it
   */
  Optional<Lost> lost(RolloutState state, OutHosts out, int host) {
    int certain = Integer.MAX_VALUE;
    int doubtful = Integer.MAX_VALUE;
    for (int profile = 0; profile < problem.profiles(); profile++) {
      if (mayBeLost(profile, state, out)) {
        for (int device = state.firstOf(profile);
            device != RolloutProblem.NONE;
            device = state.nextOf(device)) {
          if (isLost(device, profile, state, out)) {
            if (isCertain(device, state)) {
              certain = Math.min(certain, device);
            } else {
              doubtful = Math.min(doubtful, device);
            }
          }
        }
      }
    }
    int first = certain == Integer.MAX_VALUE ? doubtful : certain;
    return first == Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(
            new Lost(
                new Block(
                    host,
                    Obstacle.OTHERS_KEPT,
                    List.of(first),
                    problem.profile(state.profile(first))),
                certain == first));
  }

  private boolean mayBeLost(int profile, RolloutState state, OutHosts out) {
    return most[profile] > 0
        && state.devicesOf(profile) > 0
        && !out.areAtLeast(most[profile], profile);
  }

  private boolean isLost(int device, int profile, RolloutState state, OutHosts out) {
    int at = state.host(device);
    return state.counts(device) && !out.has(at) && out.others(profile, at) < required[device];
  }

  private boolean isCertain(int device, RolloutState state) {
    return problem.keep() <= 1 || !problem.changing().get(state.host(device));
  }
}
