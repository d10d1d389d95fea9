package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.PoolAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PoolMatrix;
import io.fleetcompat.query.lookup.Pools;
import io.fleetcompat.query.lookup.Pools.Pool;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.ViewOverrides;
import java.util.List;
import java.util.Set;

/** {@code /v1/pools}: their health, members, profiles and matrix. */
final class PoolRoutes {

  private final PairVerdicts<WrittenVerdict> verdicts;
  private final Sightings sightings;

  /** Most members listed; {@code /v1/hosts?pool=} pages through all. */
  static final int MAX_MEMBERS = 1000;

  PoolRoutes(PairVerdicts<WrittenVerdict> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.GET, "/v1/pools", Set.of(), this::list).orPast(),
        Route.index(Method.GET, "/v1/pools/{pool}", Set.of(), this::one).orPast(),
        Route.index(Method.GET, "/v1/pools/{pool}/matrix", Set.of(), this::matrix).orPast());
  }

  private Response list(Call call) {
    return Response.tagged(PoolAnswer.of(Pools.list(call.view()), call.basis()));
  }

  private Response one(Call call) {
    Pool pool =
        Pools.find(call.view(), call.variable(), MAX_MEMBERS)
            .orElseThrow(() -> References.noPool(call.variable()));
    return Response.tagged(PoolAnswer.of(pool, call.basis()));
  }

  private Response matrix(Call call) {
    ViewOverrides overrides = ViewOverrides.of(call.view(), sightings.now());
    PoolMatrix matrix =
        PoolMatrix.of(overrides, call.variable(), verdicts, call::checkDeadline)
            .orElseThrow(() -> References.noPool(call.variable()));
    return Response.tagged(PoolAnswer.of(call.variable(), matrix, call.basis()));
  }
}
