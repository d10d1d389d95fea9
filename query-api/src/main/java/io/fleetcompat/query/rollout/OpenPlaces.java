package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import java.util.BitSet;

/**
 * The places that devices of one profile may take, the cheapest first, found as they are asked for:
 * on hosts that are not out, with room, and from where the device could go on to as many as it
 * must. One use, one thread.
 */
final class OpenPlaces {

  private static final int NONE = RolloutProblem.NONE;

  private final IndexedProblem problem;
  private final RolloutState state;
  private final OutHosts out;
  private final Preference preference;
  private final int profile;
  private final int required;
  private final BitSet hosts;
  private final int groups;
  private BitSet ofGroup = new BitSet();
  private int group;
  private int host;
  private int place;

  OpenPlaces(
      IndexedProblem problem,
      RolloutState state,
      OutHosts out,
      Preference preference,
      int profile,
      int required) {
    this.problem = problem;
    this.state = state;
    this.out = out;
    this.preference = preference;
    this.profile = profile;
    this.required = required;
    this.hosts = out.open(profile);
    this.groups = preference.groups(problem.hasDevicesAsPlaces());
    begin(0);
  }

  private void begin(int of) {
    group = of;
    ofGroup = (BitSet) hosts.clone();
    preference.narrow(ofGroup, group, state.finished());
    go(0);
  }

  private void go(int from) {
    host = ofGroup.nextSetBit(from);
    place = host < 0 ? 0 : problem.firstPlace(host);
  }

  /** The cheapest place that is left, or {@link RolloutProblem#NONE}. */
  int get() {
    while (group < groups) {
      while (host >= 0) {
        for (; place < problem.endOfPlaces(host); place++) {
          if (isOpen(place)) {
            return place;
          }
        }
        go(host + 1);
      }
      begin(group + 1);
    }
    return NONE;
  }

  /** The room of the place that is left. */
  int room() {
    return state.room(place);
  }

  /** The group of the place that is left. */
  int group() {
    return group;
  }

  /** Leaves out the place that is left. */
  void skip() {
    place++;
  }

  private boolean isOpen(int of) {
    int on = problem.hostOfPlace(of);
    return state.room(of) > 0
        && preference.group(state, on, of) == group
        && problem.destinations(profile).get(state.placeProfile(of))
        && out.others(state.instance(of), on) >= required;
  }

  /** The reason why there is no place. */
  Obstacle obstacle() {
    if (!hosts.isEmpty()) {
      return Obstacle.TOO_FEW_KEPT;
    }
    BitSet to = problem.destinations(profile);
    for (int of = 0; of < problem.places(); of++) {
      if (!out.has(problem.hostOfPlace(of)) && to.get(state.placeProfile(of))) {
        return Obstacle.NO_ROOM;
      }
    }
    return Obstacle.NO_DESTINATION;
  }
}
