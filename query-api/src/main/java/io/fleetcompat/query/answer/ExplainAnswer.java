package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Overridden;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Checks.Explanation;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.replica.IndexView;

/** The answer of {@code /v1/explain}: every reason, both values, the rule and its origin. */
public final class ExplainAnswer {

  private ExplainAnswer() {}

  public static JsonBytes of(IndexView view, Explanation<WrittenVerdict> explanation, Basis basis) {
    Check<WrittenVerdict> check = explanation.check();
    JsonBytes json = new JsonBytes().open();
    CheckAnswer.write(json, check, check.source().reference(), check.destination().reference());
    writeProfile(json.name("sourceProfile"), view, check.source());
    writeProfile(json.name("destinationProfile"), view, check.destination());
    json.name("rules").openArray();
    explanation.reasons().forEach(reason -> write(json, reason));
    explanation.overridden().forEach(each -> write(json, each));
    explanation.satisfied().forEach(rule -> write(json, rule));
    return basis.end(json.closeArray());
  }

  private static void writeProfile(JsonBytes json, IndexView view, IndexedEndpoint endpoint) {
    json.open().name("id").string(endpoint.fingerprint(view).toString()).name("content");
    Checks.profile(view, endpoint)
        .map(ProfileAnswer::content)
        .ifPresentOrElse(json::written, json::nothing);
    json.close();
  }

  private static void write(JsonBytes json, Reason reason) {
    json.open();
    writeMembers(json, reason, outcome(reason).name());
    json.close();
  }

  private static void write(JsonBytes json, Overridden overridden) {
    json.open();
    writeMembers(json, overridden.reason(), "overridden");
    json.name("override").string(overridden.by().id()).close();
  }

  private static void writeMembers(JsonBytes json, Reason reason, String outcome) {
    json.name("rule").string(reason.rule().toString());
    json.name("facet").stringOrNull(reason.facetId().map(FacetId::toString));
    json.name("outcome").string(outcome);
    json.name("attribute").stringOrNull(reason.attribute());
    json.name("source").stringOrNull(reason.source());
    json.name("destination").stringOrNull(reason.destination());
    json.name("detail").string(reason.detail());
    json.name("origin").string(reason.origin());
    reason.pack().ifPresent(basis -> VerdictBytes.write(json, basis));
  }

  private static Outcome outcome(Reason reason) {
    return switch (reason) {
      case Reason.Failed failed -> Outcome.INCOMPATIBLE;
      case Reason.Unjudged unjudged -> Outcome.UNKNOWN;
    };
  }

  private static void write(JsonBytes json, Satisfied rule) {
    json.open().name("rule").string(rule.rule().toString());
    json.name("facet").string(rule.facet().toString());
    json.name("outcome").string("satisfied");
    json.name("attribute").string(rule.attribute());
    json.name("source").stringOrNull(rule.source());
    json.name("destination").stringOrNull(rule.destination());
    json.name("detail").string(rule.detail());
    json.name("origin").string(rule.origin());
    rule.pack().ifPresent(basis -> VerdictBytes.write(json, basis));
    json.close();
  }
}
