package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.http.Router.Match;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Takes a request to its route and its answer, whatever the server. Any thread. */
final class Dispatcher {

  private static final int DEFAULT_WAIT_MILLIS = 10_000;
  private static final int MAX_WAIT_MILLIS = 60_000;

  private final Router router;
  private final Replica replica;
  private final HttpBounds bounds;
  private final Duration staleAfter;
  private final Clock clock;
  private final RequestMetrics metrics;
  private final Semaphore waiting;

  Dispatcher(
      List<Route> routes,
      Replica replica,
      HttpBounds bounds,
      Duration staleAfter,
      Clock clock,
      RequestMetrics metrics) {
    this.router = new Router(routes);
    this.replica = replica;
    this.bounds = bounds;
    this.staleAfter = staleAfter;
    this.clock = clock;
    this.metrics = metrics;
    this.waiting = new Semaphore(bounds.maxWaiting());
  }

  /** The parts of a request as they came. */
  interface Incoming {
    String method();

    String path();

    String query();

    Optional<String> contentType();

    /** The whole body, which must not be larger than the bound. */
    byte[] body();
  }

  Answer dispatch(Incoming request) {
    long begin = System.nanoTime();
    String path = "none";
    int status = Code.INTERNAL.status(); // where a handler throws: the server says it
    try {
      Match match = router.find(request.path());
      path = match.routes().values().iterator().next().path();
      Answer answer = dispatch(request, match, begin);
      status = answer.status();
      return answer;
    } catch (Problem problem) {
      status = problem.code().status();
      return Answer.problem(problem, "");
    } finally {
      metrics.record(path, status, System.nanoTime() - begin);
    }
  }

  private Answer dispatch(Incoming request, Match match, long begin) {
    String method = request.method();
    if (method.equals("OPTIONS")) {
      return Answer.of(204, Answer.JSON, new byte[0], match.allow());
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
      return Answer.problem(problem, match.allow());
    }
    Parameters parameters = Parameters.parse(request.query(), route.parameters());
    byte[] body = route.method() == Method.POST ? body(request) : new byte[0];
    boolean waits = route.needsIndex() || (route.mayWait() && asksToWait(parameters));
    Snapshot snapshot = waits ? snapshot(parameters) : replica.snapshot();
    boolean stale = clock.millis() - snapshot.asOf() > staleAfter.toMillis();
    String variable = Parameters.decode(match.variable(), false);
    long deadline = begin + bounds.requestTimeout().toNanos();
    return route.handler().answer(new Call(parameters, variable, body, snapshot, stale, deadline));
  }

  private static boolean asksToWait(Parameters parameters) {
    return parameters.find(Route.MIN_REVISION).isPresent()
        || parameters.find(Route.MIN_DOCUMENT).isPresent();
  }

  private static byte[] body(Incoming request) {
    String type = request.contentType().orElse("none");
    String media = type.split(";", 2)[0].strip();
    if (!media.equalsIgnoreCase(Answer.JSON)) {
      throw new Problem(
          Code.UNSUPPORTED_MEDIA_TYPE,
          "expected Content-Type: application/json, found " + Problem.quote(type));
    }
    return request.body();
  }

  private Snapshot snapshot(Parameters parameters) {
    long revision = parameters.number(Route.MIN_REVISION, 0, Long.MAX_VALUE, 0);
    Optional<MinDocument> document = parameters.find(Route.MIN_DOCUMENT).map(MinDocument::parse);
    long wait = parameters.number(Route.WAIT_MS, 0, MAX_WAIT_MILLIS, DEFAULT_WAIT_MILLIS);
    Snapshot snapshot = replica.snapshot();
    if (!snapshot.ready()) {
      throw new Problem(
          Code.NOT_READY,
          "expected a complete index, "
              + snapshot.lag()
              + " records are still to be read; "
              + "ask again when /health/ready says UP");
    }
    Predicate<Snapshot> enough =
        s -> s.revision() >= revision && document.map(d -> d.isIn(s.view())).orElse(true);
    if (enough.test(snapshot)) {
      return snapshot;
    }
    if (!waiting.tryAcquire()) {
      throw new Problem(
          Code.REVISION_NOT_REACHED,
          "expected at most " + bounds.maxWaiting() + " waiting requests; ask again later");
    }
    try {
      if (replica.await(enough, Duration.ofMillis(wait))) {
        return replica.snapshot();
      }
      throw notReached(revision, document, wait, replica.snapshot());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(Code.REVISION_NOT_REACHED, "the server is stopping; ask another");
    } finally {
      waiting.release();
    }
  }

  private static Problem notReached(
      long revision, Optional<MinDocument> document, long wait, Snapshot found) {
    String asked =
        document.isEmpty()
            ? "revision %d within %d ms, found %d".formatted(revision, wait, found.revision())
            : "revision %d and document %s of host %s within %d ms, found %d and %s"
                .formatted(
                    revision,
                    document.get().version(),
                    Problem.quote(document.get().host()),
                    wait,
                    found.revision(),
                    document.get().found(found.view()));
    return new Problem(
        Code.REVISION_NOT_REACHED,
        "expected " + asked + "; ask again, or with a larger " + Route.WAIT_MS);
  }

  /** What is said where the server itself refuses a request, before there is a route. */
  static byte[] refusal(int status, String found, HttpBounds bounds) {
    Code code =
        switch (status) {
          case 413 -> Code.BODY_TOO_LARGE;
          case 414 -> Code.URL_TOO_LONG;
          case 500 -> Code.INTERNAL;
          default -> Code.BAD_REQUEST; // 501 and 505, too: what HTTP/1.1 lets us refuse
        };
    String detail =
        switch (code) {
          case BODY_TOO_LARGE ->
              "expected a body of at most " + bounds.maxBodyBytes() + " bytes; ask in parts";
          case URL_TOO_LONG ->
              "expected a request line of at most "
                  + bounds.maxUrlBytes()
                  + " bytes; ask POST /v1/check or POST /v1/destinations, which take a body";
          case INTERNAL ->
              "expected an answer, found a mistake of ours; the server's log says more";
          default ->
              "expected HTTP/1.1 with a request line of at most %d bytes, headers of at most %d and"
                      .formatted(bounds.maxUrlBytes(), bounds.maxHeaderBytes())
                  + " '%' only before two hexadecimal digits; correct it, or send fewer headers;"
                  + " found "
                  + Problem.quote(found);
        };
    return Problem.json(code.spelling(), status, Problem.title(code), detail);
  }
}
