package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.override.OverrideSide;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The overrides that count in one view at one time: the same time for all that one answer shows.
 * Immutable; any thread.
 */
public record ViewOverrides(IndexView view, OverridesInForce inForce) {

  /**
   * Those that count at a time.
   *
   * @param now milliseconds since 1970
   */
  public static ViewOverrides of(IndexView view, long now) {
    return view.overrides().isEmpty()
        ? new ViewOverrides(view, OverridesInForce.NONE)
        : new ViewOverrides(view, view.overrides().inForce(Instant.ofEpochMilli(now)));
  }

  boolean isEmpty() {
    return inForce.isEmpty();
  }

  /** Those that concern a pair of endpoints, by id. */
  List<RuleOverride> find(IndexedEndpoint source, IndexedEndpoint destination) {
    return isEmpty()
        ? List.of()
        : find(source.slot(), pool(source.host()), destination.slot(), pool(destination.host()));
  }

  /** Those that concern a pair of profiles on hosts of these pools, by id. */
  List<RuleOverride> find(
      int source, Optional<String> sourcePool, int destination, Optional<String> pool) {
    if (isEmpty()) {
      return List.of();
    }
    ProfileEntry from = view.matrix().profile(source);
    ProfileEntry to = view.matrix().profile(destination);
    return from == null || to == null
        ? List.of()
        : inForce.find(
            OverrideSide.of(from.profile(), sourcePool), OverrideSide.of(to.profile(), pool));
  }

  /** The pools to which hosts of a pool have overrides of their own. */
  SortedSet<String> destinationPools(Optional<String> sourcePool) {
    return inForce.destinationPools(sourcePool);
  }

  static Optional<String> pool(Host host) {
    return host.placed().pool();
  }
}
