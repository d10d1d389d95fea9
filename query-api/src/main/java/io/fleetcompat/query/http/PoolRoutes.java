package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.PoolAnswer;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Pools;
import io.fleetcompat.query.lookup.Pools.Pool;
import java.util.List;
import java.util.Set;

/** {@code /v1/pools}: their health, members and profiles. */
final class PoolRoutes {

  /** Most members listed; {@code /v1/hosts?pool=} pages through all. */
  static final int MAX_MEMBERS = 1000;

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/pools", Set.of(), this::list).orPast(),
        Route.index(Method.GET, "/v1/pools/{pool}", Set.of(), this::one).orPast());
  }

  private Response list(Call call) {
    return Response.json(PoolAnswer.of(Pools.list(call.view()), call.basis()));
  }

  private Response one(Call call) {
    Pool pool =
        Pools.find(call.view(), call.variable(), MAX_MEMBERS)
            .orElseThrow(() -> References.noPool(call.variable()));
    return Response.json(PoolAnswer.of(pool, call.basis()));
  }
}
