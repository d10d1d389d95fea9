package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.OverrideScope.Kind;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.answer.OverrideAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.OverrideEffect;
import io.fleetcompat.query.lookup.Overrides;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.ViewOverrides;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/overrides}: rules that operators have turned off, and what one more would change. */
final class OverrideRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final PairVerdicts<WrittenVerdict> verdicts;
  private final Sightings sightings;

  OverrideRoutes(PairVerdicts<WrittenVerdict> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/overrides", Set.of("limit", "cursor"), this::list),
        Route.index(
            Method.GET,
            "/v1/overrides/effect",
            Set.of("rule", "scope", "from", "to"),
            this::effect));
  }

  private Response list(Call call) {
    int limit = (int) call.parameters().number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    String after = call.parameters().find("cursor").map(Cursors::override).orElse("");
    Overrides.Page page = Overrides.list(call.view(), sightings.now(), after, limit);
    Optional<String> next = page.last().map(Cursors::ofOverride);
    return Response.json(OverrideAnswer.of(page, next, call.basis()));
  }

  private Response effect(Call call) {
    long now = sightings.now();
    OverrideEffect effect =
        OverrideEffect.of(
            ViewOverrides.of(call.view(), now),
            verdicts,
            candidate(call.parameters(), now),
            call::checkDeadline);
    return Response.json(OverrideAnswer.of(effect, call.basis()));
  }

  private static RuleOverride candidate(Parameters parameters, long now) {
    String rule = parameters.require("rule");
    if (!OverridableRules.isSpelledSo(rule)) {
      throw new Problem(
          Code.BAD_REQUEST,
          "rule: expected PACK/RULE or one of %s, found %s"
              .formatted(String.join(", ", OverridableRules.fixed()), Problem.quote(rule)));
    }
    String scope = parameters.require("scope");
    Kind kind =
        Kind.of(scope)
            .orElseThrow(
                () ->
                    new Problem(
                        Code.BAD_REQUEST,
                        "scope: expected profile, driver or pool, found " + Problem.quote(scope)));
    return new RuleOverride(
        "(new)",
        rule,
        new OverrideScope(kind, parameters.require("from"), parameters.require("to")),
        "nobody",
        "not there yet",
        Instant.ofEpochMilli(now),
        Optional.empty(),
        Optional.empty());
  }
}
