package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.message.KnownMessage;
import io.fleetcompat.compatibility.message.KnownMessages;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProfileDifference;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Prediction;
import io.fleetcompat.query.outcome.Accuracy;
import io.fleetcompat.query.outcome.KeptOutcome;
import io.fleetcompat.query.outcome.OutcomeCount;
import io.fleetcompat.query.outcome.OutcomeFinding;
import io.fleetcompat.query.outcome.OutcomeSummary;
import io.fleetcompat.query.outcome.ProfilePair;
import io.fleetcompat.query.outcome.Truth;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictionBasis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answers about outcomes of migrations. */
public final class OutcomeAnswer {

  /** Most attributes in which two profiles differ that a finding tells. */
  private static final int MOST_DIFFERENCES = 32;

  /** Longest value of one of them, in characters; what is longer is cut. */
  private static final int MOST_VALUE = 512;

  /** Most lines of a message that are searched for messages that are known. */
  private static final int MOST_LINES = 50;

  private OutcomeAnswer() {}

  /** The spelling of a result. */
  public static String spelling(MigrationResult result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  private static String spelling(PredictionBasis basis) {
    return basis.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** An outcome that Kafka has taken. */
  public static JsonBytes taken(
      String id, MigrationOutcome outcome, Prediction prediction, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("id").string(id);
    truth(json, Truth.of(outcome));
    json.name("result").string(spelling(outcome.getResult()));
    json.name("began").time(outcome.getBegan().toEpochMilli());
    json.name("unpredicted").stringOrNull(Optional.ofNullable(outcome.getUnpredicted()));
    json.name("prediction");
    switch (prediction) {
      case Prediction.Missing _ -> json.nothing();
      case Prediction.Made made -> {
        json.open();
        VerdictBytes.writeReasons(json, made.verdict());
        json.name("sourceProfile").string(made.source().profile().toString());
        json.name("destinationProfile")
            .stringOrNull(made.destination().map(side -> side.profile().toString()));
        json.name("byRuleSet").stringOrNull(made.ruleSet());
        json.name("basis").string(spelling(outcome.getPrediction().getBasis())).close();
      }
    }
    return basis.end(json);
  }

  /**
   * One outcome, with both profiles.
   *
   * @param contents canonical forms of profiles, by fingerprint
   */
  public static JsonBytes one(
      KeptOutcome kept, Function<String, Optional<String>> contents, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    members(json, kept);
    json.name("unpredicted").stringOrNull(Optional.ofNullable(kept.outcome().getUnpredicted()));
    json.name("prediction");
    Optional.ofNullable(kept.outcome().getPrediction())
        .ifPresentOrElse(made -> prediction(json, made, contents), json::nothing);
    return basis.end(json);
  }

  private static void prediction(
      JsonBytes json, OutcomePrediction made, Function<String, Optional<String>> contents) {
    json.open().name("verdict").string(made.getVerdict().name());
    json.name("byRuleSet").stringOrNull(Optional.ofNullable(made.getRuleSet()));
    json.name("basis").string(spelling(made.getBasis()));
    rules(json, made);
    strings(json.name("satisfied"), made.getSatisfied());
    profile(json.name("sourceProfile"), Optional.of(made.getSourceProfile()), contents);
    profile(
        json.name("destinationProfile"),
        Optional.ofNullable(made.getDestinationProfile()),
        contents);
    json.close();
  }

  private static void profile(
      JsonBytes json, Optional<String> profile, Function<String, Optional<String>> contents) {
    if (profile.isEmpty()) {
      json.nothing();
      return;
    }
    json.open().name("id").string(profile.get()).name("content");
    contents
        .apply(profile.get())
        .ifPresentOrElse(
            text -> json.written(text.getBytes(StandardCharsets.UTF_8)), json::nothing);
    json.close();
  }

  private static void rules(JsonBytes json, OutcomePrediction made) {
    strings(json.name("forbidding"), made.getForbidding());
    strings(json.name("undecided"), made.getUndecided());
    strings(json.name("overridden"), made.getOverridden());
    strings(json.name("overrides"), made.getOverrides());
  }

  /**
   * A summary.
   *
   * @param limit findings that are listed
   * @param now what is answered for two profiles now; empty where the index does not have both
   * @param fault the reason why newer outcomes may be missing
   */
  public static JsonBytes summary(
      OutcomeSummary summary,
      int limit,
      BiFunction<Fingerprint, Fingerprint, Optional<Outcome>> now,
      Optional<String> fault,
      Basis basis) {
    JsonBytes json = new JsonBytes().open();
    json.name("since").time(summary.since()).name("complete").bool(summary.complete());
    json.name("wrong").number(summary.wrong());
    json.name("counts").openArray();
    summary.counts().forEach(count -> count(json, count));
    json.closeArray().name("index").open();
    accuracy(json, summary.index());
    json.close();
    accuracies(json.name("rules"), "rule", summary.rules());
    accuracies(json.name("packs"), "pack", summary.packs());
    json.name("findings").openArray();
    summary.findings().stream().limit(limit).forEach(finding -> finding(json, finding, now));
    json.closeArray();
    json.name("findingsOmitted").number(Math.max(0, summary.allFindings() - limit));
    json.name("fault").stringOrNull(fault);
    return basis.end(json);
  }

  private static void count(JsonBytes json, OutcomeCount count) {
    json.open().name("predicted").stringOrNull(count.predicted().map(Enum::name));
    json.name("result").string(spelling(count.result()));
    json.name("otherCause").bool(count.otherCause());
    json.name("outcomes").number(count.outcomes()).close();
  }

  private static void accuracies(JsonBytes json, String kind, Map<String, Accuracy> all) {
    json.openArray();
    all.forEach(
        (name, accuracy) -> {
          json.open().name(kind).string(name);
          accuracy(json, accuracy);
          json.close();
        });
    json.closeArray();
  }

  private static void accuracy(JsonBytes json, Accuracy accuracy) {
    share(json.name("precision"), accuracy.precision());
    share(json.name("recall"), accuracy.recall());
    json.name("right").number(accuracy.right());
    json.name("wrong").number(accuracy.wrong());
    json.name("missed").number(accuracy.missed());
    json.name("otherwise").number(accuracy.otherwise());
  }

  private static void share(JsonBytes json, OptionalDouble share) {
    if (share.isEmpty()) {
      json.nothing();
    } else {
      String digits = String.format(Locale.ROOT, "%.4f", share.getAsDouble());
      json.written(digits.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void finding(
      JsonBytes json,
      OutcomeFinding finding,
      BiFunction<Fingerprint, Fingerprint, Optional<Outcome>> now) {
    ProfilePair pair = finding.pair();
    json.open();
    truth(json, finding.truth());
    json.name("predicted").string(pair.verdict().name());
    json.name("against").number(finding.against());
    json.name("succeeded").number(finding.succeeded());
    json.name("refused").number(finding.refused());
    json.name("failed").number(finding.failed());
    json.name("sourceProfile").string(pair.source());
    json.name("destinationProfile").stringOrNull(pair.destination());
    json.name("now")
        .stringOrNull(
            pair.destination()
                .flatMap(to -> now.apply(Fingerprint.parse(pair.source()), Fingerprint.parse(to)))
                .map(Outcome::name));
    json.name("first").time(finding.first()).name("last").time(finding.last());
    rules(json, finding.examples().getFirst().outcome().getPrediction());
    differences(json, finding);
    json.name("examples").openArray();
    for (KeptOutcome example : finding.examples()) {
      json.open();
      members(json, example);
      json.close();
    }
    json.closeArray().close();
  }

  private static void differences(JsonBytes json, OutcomeFinding finding) {
    List<ProfileDifference> all =
        finding
            .sourceContent()
            .flatMap(
                from -> finding.destinationContent().map(to -> ProfileDifference.between(from, to)))
            .orElse(List.of());
    json.name("differences").openArray();
    for (ProfileDifference each : all.stream().limit(MOST_DIFFERENCES).toList()) {
      json.open().name("name").string(each.name());
      json.name("source").stringOrNull(each.from().map(OutcomeAnswer::cut));
      json.name("destination").stringOrNull(each.to().map(OutcomeAnswer::cut)).close();
    }
    json.closeArray();
    json.name("differencesOmitted").number(Math.max(0, all.size() - MOST_DIFFERENCES));
  }

  private static String cut(String value) {
    return value.length() <= MOST_VALUE ? value : value.substring(0, MOST_VALUE) + "…";
  }

  private static void members(JsonBytes json, KeptOutcome kept) {
    MigrationOutcome outcome = kept.outcome();
    json.name("id").string(kept.id());
    truth(json, kept.truth());
    json.name("source").string(outcome.getSource());
    json.name("destination").string(outcome.getDestination());
    json.name("result").string(spelling(outcome.getResult()));
    json.name("otherCause").bool(outcome.getOtherCause());
    Optional<String> message = Optional.ofNullable(outcome.getMessage());
    json.name("message").stringOrNull(message);
    json.name("reporter").stringOrNull(Optional.ofNullable(outcome.getReporter()));
    json.name("began").time(outcome.getBegan().toEpochMilli());
    json.name("recorded").time(kept.recorded());
    json.name("knownMessages").openArray();
    message.ifPresent(text -> known(json, text));
    json.closeArray();
  }

  /** As much as is searched for what is known: each line costs time, and anybody can report. */
  private static String beginning(String text) {
    return text.lines()
        .limit(MOST_LINES)
        .map(line -> line.substring(0, Math.min(line.length(), MOST_VALUE)))
        .collect(Collectors.joining("\n"));
  }

  /** The messages of hypervisors that are known, in one. */
  private static void known(JsonBytes json, String text) {
    KnownMessages.builtIn().in(beginning(text)).stream()
        .map(KnownMessages.Match::message)
        .distinct()
        .forEach(
            message -> {
              json.open().name("message").string(message.id());
              json.name("means").string(message.means());
              strings(
                  json.name("rules"),
                  message.rules().stream().map(KnownMessage.RuleReference::rule).toList());
              json.close();
            });
  }

  private static void strings(JsonBytes json, List<String> strings) {
    json.openArray();
    strings.forEach(json::string);
    json.closeArray();
  }

  /** {@code wrong}: null where the outcome says nothing of the answer, or there was none. */
  private static void truth(JsonBytes json, Truth truth) {
    json.name("wrong");
    switch (truth) {
      case RIGHT -> json.bool(false);
      case WRONG -> json.bool(true);
      case UNDECIDED, NOTHING -> json.nothing();
    }
  }
}
