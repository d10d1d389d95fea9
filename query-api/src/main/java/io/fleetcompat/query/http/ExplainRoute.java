package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.judge.PassedRule;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
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
      passed(view, source, destination).forEach(rule -> write(json, rule));
    }
    return call.answer(json.closeArray());
  }

  private static List<PassedRule> passed(IndexView view, Place source, Place destination) {
    ProfileEntry from = view.matrix().profile(source.slot());
    ProfileEntry to = view.matrix().profile(destination.slot());
    return from == null || to == null
        ? List.of()
        : view.matrix().rules().judge().passed(from.profile(), to.profile());
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
    json.open().name("rule").string(reason.rule());
    member(json, "facet", reason.facet());
    json.name("outcome").string(reason.state().isPresent() ? "UNKNOWN" : "INCOMPATIBLE");
    member(json, "attribute", reason.attribute());
    member(json, "source", reason.source());
    member(json, "destination", reason.destination());
    json.name("detail").string(reason.detail());
    json.name("origin").string(origin(reason.rule(), reason.facet().orElse(""))).close();
  }

  private static void write(JsonBytes json, PassedRule rule) {
    json.open().name("rule").string(rule.rule());
    json.name("facet").string(rule.facet());
    json.name("outcome").string("satisfied");
    json.name("attribute").string(rule.attribute());
    member(json, "source", rule.source());
    member(json, "destination", rule.destination());
    json.name("detail").string(rule.detail());
    json.name("origin").string(origin(rule.rule(), rule.facet())).close();
  }

  private static void member(JsonBytes json, String name, Optional<String> value) {
    json.name(name);
    value.ifPresentOrElse(json::string, json::nothing);
  }

  /** The section of the compatibility rules that decides it. */
  private static String origin(String rule, String facet) {
    return switch (rule) {
      case "not-indexed", "host-stale" -> "the index";
      case "facet-missing", "no-migration-interface" -> "section 1, law 5";
      default ->
          switch (facet) {
            case "type-attributes" -> "section 3.1";
            case "self-compatible" -> "section 3.2";
            case "opaque-version" -> "section 3.3";
            case "feature-bits" -> "section 3.4";
            default -> "section 1";
          };
    };
  }
}
