package io.fleetcompat.query.http;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.IndexSize;
import io.fleetcompat.query.replica.RejectedRecords;
import io.fleetcompat.query.replica.RejectedRecords.RejectedRecord;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.fleetcompat.query.replica.Snapshot;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What operators ask: status, health, metrics, and the description of the API. */
final class StatusRoutes {

  private final PrometheusMeterRegistry metrics;
  private final ReplicaHealth health;
  private final RejectedRecords rejected;
  private final String openApi;

  StatusRoutes(PrometheusMeterRegistry metrics, ReplicaHealth health, RejectedRecords rejected) {
    this.metrics = metrics;
    this.health = health;
    this.rejected = rejected;
    this.openApi = resource("/openapi.json");
  }

  List<Route> routes() {
    return List.of(
        Route.alwaysOrWaiting("/v1/status", this::status),
        Route.always("/health/live", call -> health(health.notAlive())),
        Route.always("/health/ready", call -> health(health.notReady())),
        Route.always(
            "/metrics",
            call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape())),
        Route.always("/openapi.json", call -> Answer.text(Answer.JSON, openApi)));
  }

  private Answer status(Call call) {
    Snapshot snapshot = call.snapshot();
    IndexSize size = IndexSize.of(snapshot.view());
    JsonBytes json = new JsonBytes().open();
    json.name("hosts").number(size.hosts());
    json.name("endpoints").number(size.endpoints());
    json.name("profiles").number(size.profiles());
    json.name("pendingProfiles").number(size.pendingProfiles());
    json.name("generation").number(size.generation());
    json.name("ruleSet").string(size.ruleSet());
    json.name("policies").openArray();
    size.policies().forEach(json::string);
    json.closeArray().name("lag").number(snapshot.lag());
    json.name("ready").bool(health.notReady().isEmpty());
    json.name("rejectedRecords").number(rejected.count());
    json.name("newestRejected").openArray();
    for (RejectedRecord each : rejected.newest()) {
      json.open().name("record").string(each.record()).name("reason").string(each.reason()).close();
    }
    return call.answer(json.closeArray());
  }

  private static Answer health(Optional<String> problem) {
    JsonBytes json = new JsonBytes().open();
    json.name("status").string(problem.isEmpty() ? "UP" : "DOWN");
    problem.ifPresent(reason -> json.name("reason").string(reason));
    int status = problem.isEmpty() ? 200 : 503;
    return Answer.of(status, Answer.JSON, json.close().toBytes(), "");
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
