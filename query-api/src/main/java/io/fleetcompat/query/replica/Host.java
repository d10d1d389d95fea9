package io.fleetcompat.query.replica;

/**
 * A host of the fleet, as one view has it. Immutable; any thread.
 *
 * @param id its number
 * @param told under its name, which need not be by its collector
 */
public record Host(int id, String name, PlacedHost placed, ToldCapacities told) {

  /** The room that its collector tells. */
  public Capacities capacities() {
    return told.of(placed);
  }
}
