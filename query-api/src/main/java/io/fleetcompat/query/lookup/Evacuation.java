package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.replica.PlacedHost.HostProblem;
import io.fleetcompat.query.replica.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The evacuation of a host: a place for each of its devices, counted together, and the devices that
 * have none. Pure data.
 *
 * @param host that is to be emptied
 * @param seen when it was last heard of
 * @param moves one for each device that has a place, in the order of the devices
 * @param stuck the other devices
 * @param atMost how many could have a place if cards took several types together: more is
 *     impossible, as far as capacities are told
 * @param lacking how many more places are needed at least, as far as capacities are told, for all
 *     devices that have a compatible destination and no room there, or compete; empty where a
 *     device has more destinations than are looked at, which may have room
 * @param untoldCapacity whether nobody tells the capacity of a type that a device could go to: it
 *     counts as none
 * @param doubts why it is not certain that so many devices can go, and no more, as far as
 *     capacities are told; empty where it is
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
    OptionalInt lacking,
    boolean untoldCapacity,
    Set<Doubt> doubts,
    Optional<Competition> competition) {

  public Evacuation {
    doubts = Set.copyOf(doubts);
  }

  /** True where so many devices can go, and no more, as far as capacities are told. */
  public boolean certain() {
    return doubts.isEmpty();
  }

  /**
   * A device and its place.
   *
   * @param use of the place where it is a device that exists; empty of a type
   */
  public record Move<V>(IndexedEndpoint device, Destination<V> to, Optional<Use> use) {

    /** True where the place is a device, and nobody tells whether it is in use. */
    public boolean mayBeInUse() {
      return use.filter(Use.UNKNOWN::equals).isPresent();
    }
  }

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
   * @param unblocking what would give it a place where it has compatible destinations
   */
  public record Stuck<V>(
      IndexedEndpoint device,
      Obstacle obstacle,
      Map<Exclusion, Long> excluded,
      Optional<Nearest<V>> nearest,
      Optional<Unblocking<V>> unblocking) {}

  /**
   * The changes that would give a stuck device a place, beside all moves of the evacuation.
   *
   * @param onePlaceMore types where one more instance would be enough, best first; the first of
   *     them
   * @param wouldDo how many such types there are among those that were looked at
   * @param onUsedCards compatible types on cards that take devices of another type in the moves
   * @param tooFewOnward compatible types from which it could not go on to enough hosts
   * @param notLookedAt compatible destinations that were not looked at
   * @param furthest of the places from which it could go on to too few hosts, the one with most;
   *     empty where it has another obstacle than {@link Obstacle#TOO_FEW_KEPT}
   */
  public record Unblocking<V>(
      List<TypeToGrow> onePlaceMore,
      int wouldDo,
      int onUsedCards,
      int tooFewOnward,
      long notLookedAt,
      Optional<Onward<V>> furthest) {

    public Unblocking {
      onePlaceMore = List.copyOf(onePlaceMore);
    }
  }

  /**
   * A type of which one more instance would be a place.
   *
   * @param capacity how many can be created now; negative where nobody tells
   * @param devices of that type on its host, on whichever card
   * @param problem what its host's collector said of the number that nobody tells
   */
  public record TypeToGrow(
      IndexedEndpoint type, int capacity, int devices, Optional<HostProblem> problem) {}

  /**
   * The ways of a device onwards from a place.
   *
   * @param hosts how many other live hosts it could go on to
   * @param silent how many more there would be if they had not fallen silent
   * @param nearest of the other live hosts, the like endpoint that fewest reasons keep it from;
   *     empty where none has any
   */
  public record Onward<V>(
      IndexedEndpoint from, int hosts, int silent, Optional<Nearest<V>> nearest) {}

  /** An endpoint that a device cannot go to, and why. */
  public record Nearest<V>(IndexedEndpoint endpoint, PairVerdict<V> pair) {}

  /**
   * Devices that may all go to these places alone, which have room for fewer.
   *
   * @param places with the number of devices that each takes
   */
  public record Competition(List<IndexedEndpoint> devices, Map<IndexedEndpoint, Integer> places) {

    /** The number of places that these devices need beside, wherever they may go. */
    public int lacking() {
      return devices.size() - places.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
