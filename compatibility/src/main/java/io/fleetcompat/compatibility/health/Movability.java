package io.fleetcompat.compatibility.health;

/**
 * How many of a pool's endpoints could move to another of its live hosts.
 *
 * @param endpoints of live hosts
 * @param movable those with a COMPATIBLE destination on another live host of the pool
 * @param stranded the others
 * @param unknown of the stranded those with a destination of their kind, vendor and type that is
 *     UNKNOWN
 * @param full of the movable those whose destinations are types of which none can be created now
 */
public record Movability(int endpoints, int movable, int stranded, int unknown, int full) {

  public static final Movability NONE = new Movability(0, 0, 0, 0, 0);

  public Movability {
    if (movable + stranded != endpoints || unknown > stranded || full > movable) {
      throw new IllegalArgumentException(
          "expected endpoints that are movable or stranded, found %d, of which %d and %d"
              .formatted(endpoints, movable, stranded));
    }
  }
}
