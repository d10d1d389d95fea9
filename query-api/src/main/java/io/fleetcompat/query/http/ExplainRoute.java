package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/explain}: every reason, both values, the rule and where it comes from. */
final class ExplainRoute {

  private final Checks<WrittenVerdict> checks;

  ExplainRoute(Checks<WrittenVerdict> checks) {
    this.checks = checks;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/explain", Set.of("source", "destination"), this::explain));
  }

  private Answer explain(Call call) {
    IndexView view = call.view();
    IndexedEndpoint source =
        References.endpoint(view, "source", call.parameters().require("source"));
    IndexedEndpoint destination =
        References.endpoint(view, "destination", call.parameters().require("destination"));
    Check<WrittenVerdict> check = checks.check(view, source, destination);
    JsonBytes json = new JsonBytes().open();
    CheckRoutes.write(json, check);
    writeProfile(json.name("sourceProfile"), view, source);
    writeProfile(json.name("destinationProfile"), view, destination);
    json.name("rules").openArray();
    checks.verdict(view, check).reasons().forEach(reason -> write(json, reason));
    if (check.pair().outcome() == Outcome.COMPATIBLE) {
      Checks.satisfied(view, source, destination).forEach(rule -> write(json, rule));
    }
    return call.answer(json.closeArray());
  }

  private static void writeProfile(JsonBytes json, IndexView view, IndexedEndpoint endpoint) {
    json.open().name("id").string(endpoint.profile(view).toString()).name("content");
    Checks.profile(view, endpoint)
        .map(ProfileRoutes::content)
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
