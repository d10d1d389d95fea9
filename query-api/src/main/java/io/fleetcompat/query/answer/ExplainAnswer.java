package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Checks.Explanation;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.replica.IndexView;
import java.util.Optional;

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
    explanation.satisfied().forEach(rule -> write(json, rule));
    return basis.end(json.closeArray());
  }

  private static void writeProfile(JsonBytes json, IndexView view, IndexedEndpoint endpoint) {
    json.open().name("id").string(endpoint.profile(view).toString()).name("content");
    Checks.profile(view, endpoint)
        .map(ProfileAnswer::content)
        .ifPresentOrElse(json::written, json::nothing);
    json.close();
  }

  private static void write(JsonBytes json, Reason reason) {
    json.open().name("rule").string(reason.rule().toString());
    member(json, "facet", reason.facetId().map(FacetId::toString));
    json.name("outcome").string(outcome(reason).name());
    member(json, "attribute", reason.attribute());
    member(json, "source", reason.source());
    member(json, "destination", reason.destination());
    json.name("detail").string(reason.detail());
    json.name("origin").string(reason.origin()).close();
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
    member(json, "source", rule.source());
    member(json, "destination", rule.destination());
    json.name("detail").string(rule.detail());
    json.name("origin").string(rule.origin()).close();
  }

  private static void member(JsonBytes json, String name, Optional<String> value) {
    json.name(name);
    value.ifPresentOrElse(json::string, json::nothing);
  }
}
