package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;

/** The truth of a prediction, as an outcome shows it. */
public enum Truth {
  /** The answer was what came of it. */
  RIGHT,
  /** It was told COMPATIBLE and did not succeed, or INCOMPATIBLE and succeeded. */
  WRONG,
  /** It was told UNKNOWN: no answer that could be wrong. */
  UNDECIDED,
  /** Nothing can be said: there is no prediction, or something else made the migration fail. */
  NOTHING;

  /** The truth that this outcome shows. */
  public static Truth of(MigrationOutcome outcome) {
    OutcomePrediction prediction = outcome.getPrediction();
    if (prediction == null || outcome.getOtherCause()) {
      return NOTHING;
    }
    boolean succeeded = outcome.getResult() == MigrationResult.SUCCEEDED;
    return switch (prediction.getVerdict()) {
      case COMPATIBLE -> succeeded ? RIGHT : WRONG;
      case INCOMPATIBLE -> succeeded ? WRONG : RIGHT;
      case UNKNOWN -> UNDECIDED;
    };
  }
}
