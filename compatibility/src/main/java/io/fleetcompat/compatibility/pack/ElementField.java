package io.fleetcompat.compatibility.pack;

/**
 * A field of the elements that {@link PairOperator.DominatedBy} compares.
 *
 * @param atLeast true for a number that must not be lower; false for a text that must be equal
 */
public record ElementField(String name, boolean atLeast) {}
