package io.fleetcompat.compatibility.health;

import java.util.BitSet;

/**
 * The verdicts of each ordered pair of a pool's profiles, by their slots, as answers have them:
 * with what drivers answered, and without the rules that operators have turned off.
 */
public interface PoolVerdicts {

  /** The destinations with which a source is COMPATIBLE. */
  BitSet compatible(int source);

  /** The destinations of which nobody knows it. */
  BitSet unknown(int source);

  /** The reasons of the verdict. */
  Obstacles obstacles(int source, int destination);
}
