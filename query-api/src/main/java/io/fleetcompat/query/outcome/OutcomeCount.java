package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import java.util.Comparator;
import java.util.Optional;

/**
 * The number of outcomes of one sort.
 *
 * @param predicted empty where there was no prediction
 * @param otherCause whether something else than the devices made them fail
 */
public record OutcomeCount(
    Optional<PredictedVerdict> predicted,
    MigrationResult result,
    boolean otherCause,
    long outcomes) {

  static final Comparator<OutcomeCount> ORDER =
      Comparator.comparing((OutcomeCount count) -> rank(count.predicted()))
          .thenComparing(OutcomeCount::result)
          .thenComparing(OutcomeCount::otherCause);

  private static int rank(Optional<PredictedVerdict> predicted) {
    return predicted.map(Enum::ordinal).orElse(Integer.MAX_VALUE);
  }

  static OutcomeCount one(MigrationOutcome outcome) {
    return new OutcomeCount(
        Optional.ofNullable(outcome.getPrediction()).map(told -> told.getVerdict()),
        outcome.getResult(),
        outcome.getOtherCause(),
        1);
  }

  OutcomeCount plus(OutcomeCount same) {
    return new OutcomeCount(predicted, result, otherCause, outcomes + same.outcomes);
  }

  /** The sort alone. */
  OutcomeCount sort() {
    return new OutcomeCount(predicted, result, otherCause, 0);
  }
}
