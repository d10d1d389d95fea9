package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.BaselineAnswer;
import io.fleetcompat.query.answer.PlanAnswer;
import io.fleetcompat.query.answer.WhatIfAnswer;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.whatif.HypotheticalChange;
import io.fleetcompat.query.whatif.ImpossibleChangeException;
import io.fleetcompat.query.whatif.PlanQuestion;
import io.fleetcompat.query.whatif.PlanResult;
import io.fleetcompat.query.whatif.Plans;
import io.fleetcompat.query.whatif.WhatIf;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code POST /v1/what-if}: what would become of the pools? {@code POST /v1/plan}: in which order
 * can the hosts change? {@code /v1/pools/P/baseline}: what would have to be the same everywhere?
 * Any thread; a few questions at once, the others wait.
 */
final class WhatIfRoutes {

  /** Most questions that are worked on at once: each makes a view of its own. */
  private static final int AT_ONCE = 2;

  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final WhatIf whatIf;
  private final Plans plans;
  private final Sightings sightings;

  WhatIfRoutes(WhatIf whatIf, Plans plans, Sightings sightings) {
    this.whatIf = whatIf;
    this.plans = plans;
    this.sightings = sightings;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.POST, "/v1/what-if", Set.of(), this::find),
        Route.index(Method.POST, "/v1/plan", Set.of(), this::plan),
        Route.index(Method.GET, "/v1/pools/{pool}/baseline", Set.of(), this::baseline));
  }

  private Response find(Call call) {
    long now = sightings.now();
    return answer(
        call,
        () -> {
          HypotheticalChange change = ChangeBody.change(call.body(), now);
          return Response.json(
              WhatIfAnswer.of(
                  whatIf.find(call.view(), change, now, call::checkDeadline), call.basis()));
        });
  }

  private Response plan(Call call) {
    long now = sightings.now();
    return answer(
        call,
        () -> {
          PlanQuestion asked = ChangeBody.plan(call.body(), now);
          PlanResult found = plans.find(call.view(), asked, sightings, call::checkDeadline);
          return Response.json(PlanAnswer.of(found, asked.keep(), call.basis()));
        });
  }

  private Response baseline(Call call) {
    String pool = call.variable();
    References.scope(call.view(), Optional.of(pool));
    return answer(
        call,
        () ->
            Response.json(
                BaselineAnswer.of(
                    pool,
                    whatIf.baseline(call.view(), pool, sightings.now(), call::checkDeadline),
                    call.basis())));
  }

  private Response answer(Call call, Supplier<Response> question) {
    takeTurn(call);
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
    } finally {
      turns.release();
    }
  }

  private void takeTurn(Call call) {
    try {
      if (turns.tryAcquire(call.deadline() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Problem(
        Code.TIMEOUT, "expected a turn in time: other such questions are worked on; ask again");
  }
}
