package io.fleetcompat.query.outcome;

import io.fleetcompat.compatibility.judge.Overridden;
import io.fleetcompat.compatibility.judge.PackBasis;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.lookup.Prediction;
import io.fleetcompat.query.lookup.Prediction.PredictedSide;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictedVerdict;
import io.fleetcompat.schemas.avro.PredictionBasis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of outcomes, from what was reported and predicted. Pure. */
public final class OutcomeRecords {

  private OutcomeRecords() {}

  /**
   * The record of a report.
   *
   * @param basis what the prediction was made from
   * @param now when it is reported
   */
  public static MigrationOutcome of(
      MigrationReport report, Prediction prediction, PredictionBasis basis, Instant now) {
    MigrationOutcome.Builder record =
        MigrationOutcome.newBuilder()
            .setSource(report.source().reference().spelled())
            .setDestination(report.destination().reference().spelled())
            .setResult(report.result())
            .setOtherCause(report.otherCause())
            .setMessage(report.message().orElse(null))
            .setReporter(report.reporter().orElse(null))
            .setBegan(report.began().orElse(now));
    return switch (prediction) {
      case Prediction.Made made -> record.setPrediction(prediction(made, basis)).build();
      case Prediction.Missing(String why) ->
          record
              .setUnpredicted(why.substring(0, Math.min(why.length(), Limits.OUTCOME_MESSAGE)))
              .build();
    };
  }

  private static OutcomePrediction prediction(Prediction.Made made, PredictionBasis basis) {
    Verdict verdict = made.verdict();
    return new OutcomePrediction(
        PredictedVerdict.valueOf(verdict.outcome().name()),
        basis,
        made.ruleSet().orElse(null),
        made.source().profile().toString(),
        made.destination().map(side -> side.profile().toString()).orElse(null),
        rules(verdict.reasons().stream().filter(Reason.Failed.class::isInstance)),
        rules(verdict.reasons().stream().filter(Reason.Unjudged.class::isInstance)),
        sorted(made.satisfied().stream().map(Satisfied::rule).map(Object::toString)),
        packs(verdict.reasons().stream().filter(Reason.Failed.class::isInstance).map(Reason::pack)),
        packs(
            Stream.concat(
                verdict.reasons().stream().map(Reason::pack),
                made.satisfied().stream().map(Satisfied::pack))),
        rules(verdict.overridden().stream().map(Overridden::reason)),
        sorted(verdict.overridden().stream().map(Overridden::by).map(RuleOverride::id)),
        content(Optional.of(made.source())),
        content(made.destination()));
  }

  private static List<String> rules(Stream<Reason> reasons) {
    return sorted(reasons.map(reason -> reason.rule().toString()));
  }

  /** The ids, of what is spelled {@code ID@VERSION}. */
  private static List<String> packs(Stream<Optional<PackBasis>> packs) {
    return sorted(packs.flatMap(Optional::stream).map(pack -> pack.pack().split("@", 2)[0]));
  }

  private static List<String> sorted(Stream<String> names) {
    return names.distinct().sorted().limit(Limits.OUTCOME_RULES).toList();
  }

  private static @Nullable ByteBuffer content(Optional<PredictedSide> side) {
    return side.flatMap(PredictedSide::content)
        .map(Profile::canonical)
        .map(canonical -> canonical.getBytes(StandardCharsets.UTF_8))
        .filter(bytes -> bytes.length <= Limits.OUTCOME_CONTENT_BYTES)
        .map(ByteBuffer::wrap)
        .orElse(null);
  }

  /**
   * Refuses contents that are not those of the profiles that they are said to be of.
   *
   * @throws BadRecordException where one is another profile's
   */
  static void requireOwnContents(MigrationOutcome outcome) throws BadRecordException {
    OutcomePrediction prediction = outcome.getPrediction();
    if (prediction != null) {
      requireOwn(prediction.getSourceProfile(), prediction.getSourceContent());
      requireOwn(prediction.getDestinationProfile(), prediction.getDestinationContent());
    }
  }

  private static void requireOwn(@Nullable String profile, @Nullable ByteBuffer content)
      throws BadRecordException {
    if (content != null) {
      String found = Fingerprint.of(text(content)).toString();
      if (!found.equals(profile)) {
        throw new BadRecordException(
            BadRecordException.Code.INVALID, "the content of profile " + profile, found);
      }
    }
  }

  /** The canonical form that a record holds; empty where this version cannot read it. */
  static Optional<String> canonical(ByteBuffer content) {
    try {
      return Optional.of(Profile.parse(text(content)).canonical());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }
}
