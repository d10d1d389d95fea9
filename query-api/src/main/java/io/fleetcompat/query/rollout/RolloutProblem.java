package io.fleetcompat.query.rollout;

import java.util.List;

/**
 * The hosts of a pool, some of which are to be changed, and the devices on them. Profiles are
 * numbers. Pure data.
 *
 * @param hosts by number
 * @param devices by number
 * @param ways which pairs of profiles are compatible
 * @param keep how many other hosts each device must be able to go to at any time, if it can now
 */
public record RolloutProblem(List<Stop> hosts, List<Device> devices, Ways ways, int keep) {

  /** The compatibility of a device with a place. */
  public interface Ways {
    boolean isCompatible(int source, int destination);

    /** True where nobody knows that it cannot: a pair that is unknown may turn out compatible. */
    default boolean isPossible(int source, int destination) {
      return isCompatible(source, destination);
    }
  }

  /**
   * A host.
   *
   * @param changes whether it is to be changed: emptied, changed, and used again
   * @param places the endpoints that devices may go to
   */
  public record Stop(boolean changes, List<Place> places) {

    public Stop {
      places = List.copyOf(places);
    }
  }

  /**
   * An endpoint that devices may go to.
   *
   * @param before its profile
   * @param after its profile once its host has changed
   * @param instanceBefore the profile that a device has once it is there
   * @param instanceAfter likewise, once the host has changed
   * @param room how many devices it takes now; negative where nobody knows: then nothing goes there
   * @param card places of one host; once one of them has received a device, the others of its card
   *     take none until that one has left
   * @param device whether it is a device that exists, which may be in use
   */
  public record Place(
      int before,
      int after,
      int instanceBefore,
      int instanceAfter,
      int room,
      int card,
      boolean device) {

    Place withRoom(int other) {
      return new Place(before, after, instanceBefore, instanceAfter, other, card, device);
    }
  }

  /**
   * A device.
   *
   * @param host where it is
   * @param at the place that it is itself; {@link #NONE} for one that is made on its host
   * @param frees the place that has room for one more when it leaves; {@link #NONE} where nobody
   *     knows
   */
  public record Device(int host, int profile, int at, int frees) {}

  public static final int NONE = -1;

  public RolloutProblem {
    hosts = List.copyOf(hosts);
    devices = List.copyOf(devices);
  }

  /**
   * The problem in which all that is unknown turns out well: unknown pairs are compatible, and
   * unknown room is enough for all. What is impossible here is impossible.
   */
  RolloutProblem atBest() {
    return new RolloutProblem(
        hosts.stream().map(this::atBest).toList(), devices, ways::isPossible, keep);
  }

  private Stop atBest(Stop host) {
    return new Stop(
        host.changes(),
        host.places().stream()
            .map(place -> place.room() < 0 ? place.withRoom(devices.size()) : place)
            .toList());
  }
}
