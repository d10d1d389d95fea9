package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import java.util.List;

/**
 * An outcome that counts.
 *
 * @param recorded when Kafka took it, milliseconds since 1970
 * @param outcome without the contents of profiles
 */
public record KeptOutcome(String id, long recorded, MigrationOutcome outcome) {

  /** An object with its lists, in bytes, before what its texts take. */
  private static final int HEAD_BYTES = 400;

  /** The truth of its prediction. */
  public Truth truth() {
    return Truth.of(outcome);
  }

  /** The approximate memory that it takes; lists of rules are shared by many. */
  long bytes() {
    long characters =
        (long) id.length() + outcome.getSource().length() + outcome.getDestination().length();
    for (String text :
        new String[] {outcome.getMessage(), outcome.getReporter(), outcome.getUnpredicted()}) {
      characters += text == null ? 0 : text.length();
    }
    return HEAD_BYTES + 2 * characters;
  }

  /** All lists of names that an outcome has. */
  static List<List<String>> lists(MigrationOutcome outcome) {
    OutcomePrediction prediction = outcome.getPrediction();
    return prediction == null
        ? List.of()
        : List.of(
            prediction.getForbidding(),
            prediction.getUndecided(),
            prediction.getSatisfied(),
            prediction.getForbiddingPacks(),
            prediction.getAskedPacks(),
            prediction.getOverridden(),
            prediction.getOverrides());
  }
}
