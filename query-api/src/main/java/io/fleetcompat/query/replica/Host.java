package io.fleetcompat.query.replica;

/** A host of the fleet, as one view has it. */
public record Host(int id, String name, PlacedHost placed, Capacities capacities) {}
