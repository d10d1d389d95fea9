package io.fleetcompat.query.replica;

import org.jspecify.annotations.Nullable;

/**
 * What the view has of one host.
 *
 * @param id its number in the dictionary
 * @param placed what its placement says; null while only its capacity is known, and after it left
 */
record HostEntry(int id, String name, @Nullable PlacedHost placed, Capacities capacities) {

  HostEntry withPlaced(@Nullable PlacedHost next) {
    return new HostEntry(id, name, next, capacities);
  }

  HostEntry withCapacities(Capacities next) {
    return new HostEntry(id, name, placed, next);
  }

  boolean isEmpty() {
    return placed == null && capacities.equals(Capacities.NONE);
  }
}
