package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.WhatIfAnswer;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.whatif.HypotheticalChange;
import io.fleetcompat.query.whatif.ImpossibleChangeException;
import io.fleetcompat.query.whatif.WhatIf;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code POST /v1/what-if}: what would become of the pools? */
final class WhatIfRoutes {

  private final WhatIf whatIf;
  private final Sightings sightings;

  WhatIfRoutes(WhatIf whatIf, Sightings sightings) {
    this.whatIf = whatIf;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(Route.index(Method.POST, "/v1/what-if", Set.of(), this::find));
  }

  private Response find(Call call) {
    long now = sightings.now();
    return answer(
        () -> {
          HypotheticalChange change =
              ChangeBody.change(ChangeBody.body(call.body(), Set.of()), now);
          return Response.json(
              WhatIfAnswer.of(
                  whatIf.find(call.view(), change, now, call::checkDeadline), call.basis()));
        });
  }

  private static Response answer(Supplier<Response> question) {
    try {
      return question.get();
    } catch (ImpossibleChangeException e) {
      throw new Problem(
          switch (e.what()) {
            case HOST -> Code.HOST_NOT_FOUND;
            case POOL -> Code.POOL_NOT_FOUND;
            case CHANGE -> Code.BAD_REQUEST;
          },
          String.valueOf(e.getMessage()));
    }
  }
}
