package io.fleetcompat.query.replica;

/**
 * The room that the newest heartbeat under a host's name tells.
 *
 * @param epoch of the collector that told it: one that is smaller than that of the placed document
 *     is another's, which does not speak for the host
 */
public record ToldCapacities(long epoch, Capacities capacities) {

  static final ToldCapacities NONE = new ToldCapacities(0, Capacities.NONE);

  /** The room of a host that is placed. */
  Capacities of(PlacedHost placed) {
    return epoch < placed.version().epoch() ? Capacities.NONE : capacities;
  }

  boolean isNothing() {
    return capacities.equals(Capacities.NONE);
  }
}
