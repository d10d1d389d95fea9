package io.fleetcompat.query.http;

import io.fleetcompat.query.http.PastApi.Past;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.http.Router.Match;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The way of a request to its route and its answer, whatever the server. Any thread. */
final class Dispatcher {

  private static final String READY = "/health/ready";

  private final Router router;
  private final Replica replica;
  private final PastApi past;
  private final WithinApi within;
  private final HttpBounds bounds;
  private final Duration staleAfter;
  private final Clock clock;
  private final RequestMetrics metrics;
  private final SnapshotWait wait;

  Dispatcher(
      List<Route> routes,
      Replica replica,
      PastApi past,
      WithinApi within,
      HttpBounds bounds,
      Duration staleAfter,
      Clock clock,
      RequestMetrics metrics) {
    this.router = new Router(routes);
    this.replica = replica;
    this.past = past;
    this.within = within;
    this.bounds = bounds;
    this.staleAfter = staleAfter;
    this.clock = clock;
    this.metrics = metrics;
    this.wait = new SnapshotWait(replica, bounds.maxWaiting());
  }

  /** The parts of a request as they came. */
  interface Incoming {
    String method();

    String path();

    String query();

    Optional<String> contentType();

    /** The last event of a watch that is resumed. */
    Optional<String> lastEventId();

    /** The whole body, which must not be larger than the bound. */
    byte[] body();
  }

  Response dispatch(Incoming request) {
    long begin = System.nanoTime();
    String path = "none";
    int status = Code.INTERNAL.status(); // where a handler throws: the server says it
    try {
      boolean readiness = asksForReadiness(request.method(), request.path());
      Match match = router.find(readiness ? READY : request.path());
      path = match.routes().values().iterator().next().path();
      Response answer = readiness ? readiness(match, begin) : dispatch(request, match, begin);
      status = answer.status();
      return answer;
    } catch (Problem problem) {
      status = problem.code().status();
      return Response.problem(problem, "");
    } finally {
      metrics.record(path, status, System.nanoTime() - begin);
    }
  }

  /** True for what HAProxy's {@code option httpchk} asks unless it is told otherwise. */
  static boolean asksForReadiness(String method, String path) {
    return method.equals("OPTIONS") && (path.equals("/") || path.equals("*"));
  }

  private Response readiness(Match match, long begin) {
    Route route = Objects.requireNonNull(match.routes().get(Method.GET));
    Call call =
        new Call(
            Parameters.parse("", route.parameters()),
            "",
            new byte[0],
            Optional.empty(),
            replica.snapshot(),
            false,
            begin + bounds.requestTimeout().toNanos());
    return route.handler().answer(call);
  }

  private Response dispatch(Incoming request, Match match, long begin) {
    String method = request.method();
    if (method.equals("OPTIONS")) {
      return Response.of(204, Response.JSON, new byte[0], match.allow());
    }
    Route route =
        switch (method) {
          case "GET", "HEAD" -> match.routes().get(Method.GET);
          case "POST" -> match.routes().get(Method.POST);
          default -> null;
        };
    if (route == null) {
      Problem problem =
          new Problem(
              Code.METHOD_NOT_ALLOWED,
              "expected one of " + match.allow() + ", found " + Problem.quote(method));
      return Response.problem(problem, match.allow());
    }
    Parameters parameters = Parameters.parse(request.query(), route.parameters());
    byte[] body = route.method() == Method.POST ? body(request) : new byte[0];
    Snapshot snapshot = waits(route, parameters) ? wait.snapshot(parameters) : replica.snapshot();
    boolean stale = snapshot.isOlderThan(staleAfter, clock.millis());
    String variable = Parameters.decode(match.variable(), false);
    long deadline = begin + bounds.requestTimeout().toNanos();
    Optional<String> asOf = route.find(Route.AS_OF, parameters);
    Optional<String> maxBehind = route.find(Route.MAX_BEHIND, parameters);
    if (asOf.isPresent() && maxBehind.isPresent()) {
      throw new Problem(
          Code.BAD_REQUEST, "expected as-of or max-behind, found both: the past is not behind");
    }
    Call call =
        new Call(parameters, variable, body, request.lastEventId(), snapshot, stale, deadline);
    if (asOf.isPresent()) {
      Past then = past.at(asOf.get());
      return same(then.router(), request, route).answer(call.with(then.snapshot(), false));
    }
    return timed(
        route.path(),
        maxBehind.isPresent()
            ? same(within.within(maxBehind.get()), request, route)
            : route.handler(),
        call);
  }

  private Response timed(String path, Route.Handler handler, Call call) {
    long begin = System.nanoTime();
    Response answer = handler.answer(call);
    metrics.lookup(path, System.nanoTime() - begin);
    return answer;
  }

  private static Route.Handler same(Router router, Incoming request, Route route) {
    return Objects.requireNonNull(router.find(request.path()).routes().get(route.method()))
        .handler();
  }

  private static boolean waits(Route route, Parameters parameters) {
    return switch (route.index()) {
      case NEVER -> false;
      case MAY -> SnapshotWait.isAskedFor(parameters);
      case MUST -> true;
    };
  }

  private static byte[] body(Incoming request) {
    String type = request.contentType().orElse("none");
    String media = type.split(";", 2)[0].strip();
    if (!media.equalsIgnoreCase(Response.JSON)) {
      throw new Problem(
          Code.UNSUPPORTED_MEDIA_TYPE,
          "expected Content-Type: application/json, found " + Problem.quote(type));
    }
    return request.body();
  }
}
