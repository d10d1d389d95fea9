package io.fleetcompat.query.http;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What operators ask: status, health, metrics, and the description of the API. */
final class StatusRoutes {

  private final PrometheusMeterRegistry metrics;
  private final BooleanSupplier alive;
  private final BooleanSupplier filled;
  private final String openApi;

  StatusRoutes(PrometheusMeterRegistry metrics, BooleanSupplier alive, BooleanSupplier filled) {
    this.metrics = metrics;
    this.alive = alive;
    this.filled = filled;
    this.openApi = resource("/openapi.json");
  }

  List<Route> routes() {
    return List.of(
        Route.alwaysOrWaiting("/v1/status", this::status),
        Route.always("/health/live", call -> health(alive.getAsBoolean())),
        Route.always("/health/ready", call -> health(isReady(call))),
        Route.always(
            "/metrics",
            call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape())),
        Route.always("/openapi.json", call -> Answer.text(Answer.JSON, openApi)));
  }

  private Answer status(Call call) {
    Snapshot snapshot = call.snapshot();
    IndexView view = snapshot.view();
    JsonBytes json = new JsonBytes().open();
    json.name("hosts").number(view.fleet().size());
    json.name("endpoints").number(view.endpoints());
    json.name("profiles").number(view.profileCount());
    json.name("pendingProfiles").number(view.pendingProfiles());
    json.name("generation").number(view.rules().generation());
    json.name("ruleSet").string(view.rules().ruleSet());
    json.name("policies").openArray();
    view.rules().policies().forEach(json::string);
    json.closeArray().name("lag").number(snapshot.lag());
    return call.answer(json.name("ready").bool(isReady(call)));
  }

  private boolean isReady(Call call) {
    return filled.getAsBoolean() && call.snapshot().ready();
  }

  private static Answer health(boolean good) {
    JsonBytes json = new JsonBytes().open().name("status").string(good ? "UP" : "DOWN").close();
    return Answer.of(good ? 200 : 503, Answer.JSON, json.toBytes(), "");
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
