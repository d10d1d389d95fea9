package io.fleetcompat.query.rollout;

import java.util.List;

/**
 * Hosts that are changed at once, and where their devices go before that. Pure data.
 *
 * @param hosts by number
 */
public record RolloutStep(List<Integer> hosts, List<Move> moves) {

  /**
   * A device that goes to another host.
   *
   * @param from the host where it is by then
   * @param profile that it has by then
   * @param mayBeInUse whether the place is a device of which nobody tells whether it is in use: if
   *     it is not, it is no device that must stay somewhere
   */
  public record Move(int device, int from, int profile, int host, int place, boolean mayBeInUse) {}

  public RolloutStep {
    hosts = List.copyOf(hosts);
    moves = List.copyOf(moves);
  }
}
