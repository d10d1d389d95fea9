package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.EvacuationAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Evacuation;
import io.fleetcompat.query.lookup.Evacuations;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.lookup.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/hosts/H/evacuation}: where can all devices of the host go? */
final class EvacuationRoutes {

  private static final int MAX_KEEP = 1_000_000;

  private final Evacuations<WrittenVerdict> evacuations;

  EvacuationRoutes(Evacuations<WrittenVerdict> evacuations) {
    this.evacuations = evacuations;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
                Method.GET,
                "/v1/hosts/{host}/evacuation",
                Set.of("pool", "any-pool", "keep"),
                this::find)
            .orPast()
            .orWithin());
  }

  private Response find(Call call) {
    String host = References.host(call.view(), "", call.variable());
    Parameters parameters = call.parameters();
    Optional<String> pool = pool(call, host);
    Scope scope = References.scope(call.view(), pool);
    int keep = (int) parameters.number("keep", 0, MAX_KEEP, 0);
    Evacuation<WrittenVerdict> found =
        evacuations
            .find(call.view(), new Evacuations.Question(host, scope, keep), call::checkDeadline)
            .orElseThrow(() -> References.noHost(call.view(), "", host));
    return Response.json(EvacuationAnswer.of(found, pool, keep, call.basis()));
  }

  /** The pool that is asked for, else the host's own. */
  private static Optional<String> pool(Call call, String host) {
    Optional<String> pool = call.parameters().find("pool");
    boolean any = call.parameters().flag("any-pool");
    if (any && pool.isPresent()) {
      throw new Problem(Code.BAD_REQUEST, "expected pool or any-pool, found both");
    }
    return pool.isPresent() || any ? pool : Hosts.pool(call.view(), host);
  }
}
