package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.HostAnswer;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.lookup.Hosts.WholeHost;
import io.fleetcompat.query.lookup.Scope;
import io.fleetcompat.schemas.avro.Liveness;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/hosts}: inventory, endpoints, profiles, freshness. */
final class HostRoutes {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  private final Hosts hosts;

  HostRoutes(Hosts hosts) {
    this.hosts = hosts;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
                Method.GET,
                "/v1/hosts",
                Set.of("pool", "prefix", "limit", "cursor", "liveness"),
                this::list)
            .orPast()
            .orWithin(),
        Route.index(Method.GET, "/v1/hosts/{host}", Set.of(), this::one).orPast().orWithin());
  }

  private Response list(Call call) {
    Parameters parameters = call.parameters();
    Scope scope = References.scope(call.view(), parameters.find("pool"));
    int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    String after = parameters.find("cursor").map(Cursors::host).orElse("");
    Optional<Liveness> wanted = parameters.find("liveness").map(HostRoutes::liveness);
    String prefix = parameters.find("prefix").orElse("");
    Hosts.Page page =
        hosts.list(call.view(), new Hosts.Question(scope, prefix, wanted), after, limit);
    Optional<String> next = page.last().map(Cursors::ofHost);
    return Response.json(HostAnswer.of(page.hosts(), page.total(), next, call.basis()));
  }

  private static Liveness liveness(String text) {
    for (Liveness liveness : Liveness.values()) {
      if (liveness.name().equals(text)) {
        return liveness;
      }
    }
    throw new Problem(
        Code.BAD_REQUEST, "expected liveness FRESH, STALE or LOST, found " + Problem.quote(text));
  }

  private Response one(Call call) {
    String name = References.host(call.view(), "", call.variable());
    WholeHost host =
        hosts.find(call.view(), name).orElseThrow(() -> References.noHost(call.view(), "", name));
    return Response.json(HostAnswer.of(host, call.basis()));
  }
}
