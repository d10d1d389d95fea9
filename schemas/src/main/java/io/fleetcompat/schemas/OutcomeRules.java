package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.ascending;
import static io.fleetcompat.schemas.RecordBounds.invalid;
import static io.fleetcompat.schemas.RecordBounds.length;
import static io.fleetcompat.schemas.RecordBounds.size;

import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for outcomes of migrations, beyond their schema. */
final class OutcomeRules {

  private OutcomeRules() {}

  static void outcome(MigrationOutcome outcome) throws BadRecordException {
    length("source", outcome.getSource(), 1, Limits.ENDPOINT_REFERENCE);
    length("destination", outcome.getDestination(), 1, Limits.ENDPOINT_REFERENCE);
    text("message", outcome.getMessage(), Limits.OUTCOME_MESSAGE);
    text("reporter", outcome.getReporter(), Limits.WORD);
    text("unpredicted", outcome.getUnpredicted(), Limits.OUTCOME_MESSAGE);
    if (outcome.getBegan().toEpochMilli() < 0) {
      throw invalid("a time since 1970 of 0 or more", outcome.getBegan().toString());
    }
    if (outcome.getOtherCause() && outcome.getResult() == MigrationResult.SUCCEEDED) {
      throw invalid("otherCause of a migration that did not succeed", "SUCCEEDED");
    }
    OutcomePrediction prediction = outcome.getPrediction();
    if ((prediction == null) != (outcome.getUnpredicted() != null)) {
      throw invalid(
          "a prediction, or why there is none", prediction == null ? "neither" : "both of them");
    }
    if (prediction != null) {
      prediction(prediction);
    }
  }

  private static void prediction(OutcomePrediction prediction) throws BadRecordException {
    RecordKeys.PROFILE.parse(prediction.getSourceProfile());
    if (prediction.getDestinationProfile() != null) {
      RecordKeys.PROFILE.parse(prediction.getDestinationProfile());
    }
    if (prediction.getRuleSet() != null) {
      length("ruleSet", prediction.getRuleSet(), 1, Limits.RULE_SET);
    }
    names("forbidding", prediction.getForbidding());
    names("undecided", prediction.getUndecided());
    names("satisfied", prediction.getSatisfied());
    names("forbiddingPacks", prediction.getForbiddingPacks());
    names("askedPacks", prediction.getAskedPacks());
    names("overridden", prediction.getOverridden());
    names("overrides", prediction.getOverrides());
    content("sourceContent", prediction.getSourceContent());
    content("destinationContent", prediction.getDestinationContent());
  }

  private static void names(String what, List<String> names) throws BadRecordException {
    size(what, names.size(), Limits.OUTCOME_RULES);
    for (String name : names) {
      length("a name in " + what, name, 1, Limits.WORD);
    }
    ascending(what, names);
  }

  private static void content(String what, @Nullable ByteBuffer content) throws BadRecordException {
    if (content != null) {
      size("bytes of " + what, content.remaining(), Limits.OUTCOME_CONTENT_BYTES);
    }
  }

  private static void text(String what, @Nullable String text, int most) throws BadRecordException {
    if (text != null) {
      length(what, text, 1, most);
    }
  }
}
