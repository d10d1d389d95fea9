package io.fleetcompat.query.replica;

import org.jspecify.annotations.Nullable;

/**
 * The data about one host, on its way into a view.
 *
 * @param id its number in the dictionary
 * @param placed what its placement says; null while only its capacity is known, and after it left
 */
record HostEntry(int id, String name, @Nullable PlacedHost placed, ToldCapacities told) {

  static HostEntry of(Host host) {
    return new HostEntry(host.id(), host.name(), host.placed(), host.told());
  }

  /** The host as a view has it; null where it is not placed. */
  @Nullable Host host() {
    return placed == null ? null : new Host(id, name, placed, told);
  }

  HostEntry withPlaced(@Nullable PlacedHost next) {
    return new HostEntry(id, name, next, told);
  }

  HostEntry withTold(ToldCapacities next) {
    return new HostEntry(id, name, placed, next);
  }

  /**
   * The capacities that are kept of a host that is not placed; null where there is nothing to keep.
   */
  @Nullable ToldCapacities unplaced() {
    return placed != null || told.isNothing() ? null : told;
  }
}
