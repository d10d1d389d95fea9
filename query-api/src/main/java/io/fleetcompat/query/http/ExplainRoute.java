package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.ExplainAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Set;

/** {@code /v1/explain}: every reason, both values, the rule and where it comes from. */
final class ExplainRoute {

  private final Checks<WrittenVerdict> checks;

  ExplainRoute(Checks<WrittenVerdict> checks) {
    this.checks = checks;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/explain", Set.of("source", "destination"), this::explain)
            .orPast()
            .orWithin());
  }

  private Response explain(Call call) {
    IndexView view = call.view();
    IndexedEndpoint source =
        References.endpoint(view, "source", call.parameters().require("source"));
    IndexedEndpoint destination =
        References.endpoint(view, "destination", call.parameters().require("destination"));
    return Response.json(
        ExplainAnswer.of(view, checks.explain(view, source, destination), call.basis()));
  }
}
