package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.SoftwareVersion;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.profile.Profile;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;

/**
 * The quality of a compatible destination, as far as its profile decides: smaller is better
 * (docs/rules.md 5; capacity and host name come after, from whoever knows them).
 *
 * @param minorDistance |destination minor − source minor|; 0 where a side has no version
 * @param bugfixLower whether the destination's bugfix is below the source's
 * @param bugfixDistance |destination bugfix − source bugfix|
 * @param burdens number of obligations and warnings
 */
public record Rank(long minorDistance, boolean bugfixLower, long bugfixDistance, int burdens)
    implements Comparable<Rank> {

  private static final Comparator<Rank> BEST_FIRST =
      Comparator.comparingLong(Rank::minorDistance)
          .thenComparing(Rank::bugfixLower)
          .thenComparingLong(Rank::bugfixDistance)
          .thenComparingInt(Rank::burdens);

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  public static Rank of(Profile source, Profile destination, Verdict verdict) {
    int burdens = verdict.obligations().size() + verdict.warnings().size();
    Optional<SoftwareVersion> from = version(source);
    Optional<SoftwareVersion> to = version(destination);
    if (from.isEmpty() || to.isEmpty()) {
      return new Rank(0, false, 0, burdens);
    }
    return new Rank(
        distance(from.get().minor(), to.get().minor()),
        to.get().bugfix().compareTo(from.get().bugfix()) < 0,
        distance(from.get().bugfix(), to.get().bugfix()),
        burdens);
  }

  @Override
  public int compareTo(Rank other) {
    return BEST_FIRST.compare(this, other);
  }

  private static Optional<SoftwareVersion> version(Profile profile) {
    Optional<TypeAttributes> attributes = profile.facet(TypeAttributes.class);
    return attributes.isPresent()
            && attributes.get().softwareVersion()
                instanceof Parsed.Value<SoftwareVersion>(SoftwareVersion version)
        ? Optional.of(version)
        : Optional.empty();
  }

  /** Past {@link Long#MAX_VALUE} it stays there. */
  private static long distance(BigInteger from, BigInteger to) {
    return to.subtract(from).abs().min(MAX).longValueExact();
  }
}
