package io.fleetcompat.query.rollout;

import java.util.BitSet;

/** The places that devices take first. */
enum Preference {
  /** Those on hosts that need not be emptied any more. */
  CHANGED,
  /** Those on hosts that have to be emptied later: the others stay free. */
  UNCHANGED,
  /** Those that may be in use: what has room for certain stays free. */
  IN_USE,
  /** Those whose card takes no other type anyway: the room of other types stays. */
  SPARING;

  /**
   * The number of groups of places, the cheapest first.
   *
   * @param mayBeInUse whether any place may be in use
   */
  int groups(boolean mayBeInUse) {
    return this == SPARING || (this != IN_USE && mayBeInUse) ? 4 : 2;
  }

  /**
   * Leaves only hosts that may have places of a group.
   *
   * @param finished the hosts that need not be emptied any more
   */
  void narrow(BitSet hosts, int group, BitSet finished) {
    boolean even = group % 2 == 0;
    switch (this) {
      case CHANGED, SPARING -> narrow(hosts, finished, even);
      case UNCHANGED -> narrow(hosts, finished, !even);
      case IN_USE -> {}
    }
  }

  private static void narrow(BitSet hosts, BitSet finished, boolean to) {
    if (to) {
      hosts.and(finished);
    } else {
      hosts.andNot(finished);
    }
  }

  /** The group of a place on a host, as it is now. */
  int group(RolloutState state, int host, int place) {
    boolean finished = state.finished().get(host);
    boolean mayBeInUse = state.mayBeInUse(place);
    return switch (this) {
      case CHANGED -> (finished ? 0 : 1) + (mayBeInUse ? 2 : 0);
      case UNCHANGED -> (finished ? 1 : 0) + (mayBeInUse ? 2 : 0);
      case IN_USE -> mayBeInUse ? 0 : 1;
      case SPARING -> (finished ? 0 : 1) + (mayBeInUse || state.takesRoomOfOthers(place) ? 2 : 0);
    };
  }
}
