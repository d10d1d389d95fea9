package io.fleetcompat.query.audit;

import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Hosts that made the same transition of their software, one soon after the other. Pure data.
 *
 * @param transition what went from what to what, sorted by name: the same on each of the hosts
 * @param begin of the first change, milliseconds since 1970
 * @param end of the last one
 * @param hosts their names
 * @param pools in which they are
 * @param moves the endpoints of all of them by profile, those with most first
 */
public record UpgradeWave(
    List<Transition> transition,
    long begin,
    long end,
    SortedSet<String> hosts,
    SortedSet<String> pools,
    List<Moved> moves) {

  /**
   * A version that became another.
   *
   * @param name as changes name it: {@code kernel}, {@code driver/NAME}, {@code fact/NAME} or an
   *     attribute
   * @param from empty where there was none
   */
  public record Transition(String name, Optional<String> from, Optional<String> to) {}

  /** Endpoints that went from one profile to another. */
  public record Moved(Fingerprint from, Fingerprint to, long devices, long types) {}

  public UpgradeWave {
    transition = List.copyOf(transition);
    moves = List.copyOf(moves);
  }
}
