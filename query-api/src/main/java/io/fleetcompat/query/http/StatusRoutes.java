package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.StatusAnswer;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.history.History;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes for operators: status, health, metrics, and the description of the API. */
final class StatusRoutes {

  private final PrometheusMeterRegistry metrics;
  private final ReplicaHealth health;
  private final RejectedRecords rejected;
  private final Optional<History> history;
  private final Clock clock;
  private final Supplier<Duration> wallAhead;
  private final String openApi;

  StatusRoutes(
      PrometheusMeterRegistry metrics,
      ReplicaHealth health,
      RejectedRecords rejected,
      Optional<History> history,
      Clock clock,
      Supplier<Duration> wallAhead) {
    this.metrics = metrics;
    this.health = health;
    this.rejected = rejected;
    this.history = history;
    this.clock = clock;
    this.wallAhead = wallAhead;
    this.openApi = resource("/openapi.json");
  }

  List<Route> routes() {
    return List.of(
        Route.alwaysOrWaiting("/v1/status", this::status),
        Route.always("/health/live", call -> health(health.notAlive())),
        Route.always("/health/ready", call -> health(health.notReady())),
        Route.always(
            "/metrics",
            call -> Response.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape())),
        Route.always("/openapi.json", call -> Response.tagged(openApi)));
  }

  private Response status(Call call) {
    boolean ready = health.notReady().isEmpty();
    return Response.json(
        StatusAnswer.of(
            call.snapshot(),
            ready,
            rejected,
            history.map(History::status),
            clock.millis(),
            wallAhead.get(),
            call.basis()));
  }

  private static Response health(Optional<String> problem) {
    return Response.json(problem.isEmpty() ? 200 : 503, StatusAnswer.health(problem));
  }

  private static String resource(String name) {
    try (InputStream in = StatusRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("expected the resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
