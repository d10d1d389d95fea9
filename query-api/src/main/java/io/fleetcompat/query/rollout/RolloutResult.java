package io.fleetcompat.query.rollout;

import java.util.List;

/** The result of a search for an order. Pure data. */
public sealed interface RolloutResult {

  /** The order, as far as it goes. */
  List<RolloutStep> steps();

  /** An order in which all hosts can be changed. */
  record Found(List<RolloutStep> steps) implements RolloutResult {
    public Found {
      steps = List.copyOf(steps);
    }
  }

  /**
   * None was found.
   *
   * @param certain whether there is none: by what holds whatever the order and the places, and
   *     whatever becomes known of what is unknown
   * @param unknown whether there is none as long as nobody knows more: some pair or some room is
   *     unknown, and if it were known, there might be one
   * @param steps as far as it went
   * @param blocks what keeps hosts from being changed
   * @param when the moment that the blocks are about
   */
  record Blocked(
      boolean certain, boolean unknown, List<RolloutStep> steps, List<Block> blocks, When when)
      implements RolloutResult {
    public Blocked {
      steps = List.copyOf(steps);
      blocks = List.copyOf(blocks);
    }
  }

  /** The moments at which hosts cannot be changed. */
  enum When {
    /** Each host that is left cannot be the next one. */
    NEXT,
    /** Each host that is left cannot be the last one. */
    LAST,
    /** Each host that is told can never be emptied: each is a proof of its own. */
    ANY_TIME
  }

  /** The reasons for which a host cannot be changed. */
  enum Obstacle {
    /** A device of it can go to no other host as they are then. */
    NO_DESTINATION,
    /** There are some, and none has room. */
    NO_ROOM,
    /** Some have room, and from none could the device go on to as many hosts as are to be kept. */
    TOO_FEW_KEPT,
    /** There is room, and other devices of the host need it, too. */
    COMPETES,
    /** A device of another host could not go to as many hosts as are to be kept. */
    OTHERS_KEPT,
    /**
     * The other hosts never have room for the devices of the host and for as many more as each
     * device must be able to go to.
     */
    ROOM_ELSEWHERE
  }

  /**
   * A host that cannot be changed.
   *
   * @param devices those that keep it, each enough alone, or those that compete; the first are told
   * @param profile that the first of them has by then
   */
  record Block(int host, Obstacle obstacle, List<Integer> devices, int profile) {
    public Block {
      devices = List.copyOf(devices);
    }
  }
}
