package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import java.util.Comparator;
import java.util.Optional;

/**
 * Two profiles, and what the index answered for them.
 *
 * @param source fingerprint
 * @param destination likewise; empty where the destination host offered nothing like it
 */
public record ProfilePair(String source, Optional<String> destination, PredictedVerdict verdict)
    implements Comparable<ProfilePair> {

  private static final Comparator<ProfilePair> ORDER =
      Comparator.comparing(ProfilePair::source)
          .thenComparing(pair -> pair.destination().orElse(""))
          .thenComparing(ProfilePair::verdict);

  static ProfilePair of(OutcomePrediction prediction) {
    return new ProfilePair(
        prediction.getSourceProfile(),
        Optional.ofNullable(prediction.getDestinationProfile()),
        prediction.getVerdict());
  }

  @Override
  public int compareTo(ProfilePair other) {
    return ORDER.compare(this, other);
  }
}
