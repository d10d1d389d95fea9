package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.profile.Profile;

/**
 * How good a compatible destination is, as far as its profile decides: smaller is better (section 5
 * of the specification; capacity and host name come after, from whoever knows them). (Skeleton.)
 *
 * @param minorDistance destination minor − source minor; 0 without versions
 * @param bugfixLower whether the destination's bugfix is below the source's
 * @param bugfixDistance |destination bugfix − source bugfix|
 * @param burdens number of obligations and warnings
 */
public record Rank(long minorDistance, boolean bugfixLower, long bugfixDistance, int burdens)
    implements Comparable<Rank> {

  public static Rank of(Profile source, Profile destination, Verdict verdict) {
    throw new IllegalStateException("skeleton: " + source + destination + verdict);
  }

  @Override
  public int compareTo(Rank other) {
    throw new IllegalStateException("skeleton: " + other);
  }
}
