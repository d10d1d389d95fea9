package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Destinations.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The evacuation of a host: a place for each of its devices, counted together, and the devices that
 * have none. Pure data.
 *
 * @param host that is to be emptied
 * @param seen when it was last heard of
 * @param moves one for each device that has a place, in the order of the devices
 * @param stuck the other devices
 * @param atMost how many could have a place if cards took several types together: more is
 *     impossible
 * @param certain whether more moves than these are known to be impossible where each card takes new
 *     devices of one type: false where a search has ended at a bound, or functions share a card
 * @param competition the fewest devices that were found to compete; empty where there is none, or
 *     cards alone are in the way
 * @param <V> the form that verdicts have in answers
 */
public record Evacuation<V>(
    String host,
    Sightings.Sighting seen,
    List<Move<V>> moves,
    List<Stuck<V>> stuck,
    int atMost,
    boolean certain,
    Optional<Competition> competition) {

  /**
   * A device and its place.
   *
   * @param mayBeInUse whether the place is a device that exists: nobody tells whether it is in use
   */
  public record Move<V>(IndexedEndpoint device, Destination<V> to, boolean mayBeInUse) {}

  /** The reasons for which a device has no place. */
  public enum Obstacle {
    /** Its own host has fallen silent: nobody knows what it has by now. */
    HOST_SILENT,
    /** No other live host has a compatible destination. */
    NO_DESTINATION,
    /** There are some, and none has room. */
    NO_ROOM,
    /** Some have room, and from none could the device go on to as many hosts as are to be kept. */
    TOO_FEW_KEPT,
    /** There is room, and the other devices need it, too. */
    COMPETES
  }

  /**
   * A device that has no place.
   *
   * @param excluded endpoints that are no destination, by reason
   * @param nearest the endpoint of its kind, vendor and type that fewest reasons keep it from;
   *     empty where there is none, or a destination is there
   */
  public record Stuck<V>(
      IndexedEndpoint device,
      Obstacle obstacle,
      Map<Exclusion, Long> excluded,
      Optional<Nearest<V>> nearest) {}

  /** An endpoint that a device cannot go to, and why. */
  public record Nearest<V>(IndexedEndpoint endpoint, PairVerdict<V> pair) {}

  /**
   * Devices that may all go to these places alone, which have room for fewer.
   *
   * @param places with the number of devices that each takes
   */
  public record Competition(List<IndexedEndpoint> devices, Map<IndexedEndpoint, Integer> places) {}
}
