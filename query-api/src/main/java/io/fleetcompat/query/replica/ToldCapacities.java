package io.fleetcompat.query.replica;

/**
 * The room that the newest heartbeat under a host's name tells.
 *
 * @param epoch of the collector that told it: one that is smaller than that of the placed document
 *     is another's, which does not speak for the host; 0 in the history of changes, which keeps
 *     what was the host's without its version
 */
public record ToldCapacities(long epoch, Capacities capacities) {

  private static final long NOBODYS = 0;

  static final ToldCapacities NONE = new ToldCapacities(NOBODYS, Capacities.NONE);

  /** The room of a host that is placed. */
  Capacities of(PlacedHost placed) {
    boolean isAnothers = epoch != NOBODYS && epoch < placed.version().epoch();
    return isAnothers ? Capacities.NONE : capacities;
  }

  boolean isNothing() {
    return capacities.equals(Capacities.NONE);
  }
}
