package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.lookup.Place;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/explain}: every reason, both values, the rule and where it comes from. */
final class ExplainRoute {

  private final Checks checks;

  ExplainRoute(Checks checks) {
    this.checks = checks;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/explain", Set.of("source", "destination"), this::explain));
  }

  private Answer explain(Call call) {
    IndexView view = call.view();
    Place source = References.place(view, "source", call.parameters().require("source"));
    Place destination =
        References.place(view, "destination", call.parameters().require("destination"));
    Check check = checks.check(view, source, destination);
    JsonBytes json = new JsonBytes().open();
    CheckRoutes.write(json, check);
    writeProfile(json.name("sourceProfile"), view, source.slot());
    writeProfile(json.name("destinationProfile"), view, destination.slot());
    json.name("rules").openArray();
    checks.verdict(view, check).reasons().forEach(reason -> write(json, reason));
    if (check.pair().outcome() == Outcome.COMPATIBLE) {
      satisfied(view, source, destination).forEach(rule -> write(json, rule));
    }
    return call.answer(json.closeArray());
  }

  private static List<Satisfied> satisfied(IndexView view, Place source, Place destination) {
    ProfileEntry from = view.matrix().profile(source.slot());
    ProfileEntry to = view.matrix().profile(destination.slot());
    return from == null || to == null
        ? List.of()
        : view.matrix().rules().judge().explain(from.profile(), to.profile()).satisfied();
  }

  private static void writeProfile(JsonBytes json, IndexView view, int slot) {
    ProfileEntry profile = view.matrix().profile(slot);
    json.open().name("id").string(view.matrix().fingerprint(slot).toString()).name("content");
    if (profile == null) {
      json.nothing();
    } else {
      json.written(ProfileRoutes.content(profile));
    }
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
