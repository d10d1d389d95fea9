package io.fleetcompat.query;

import io.fleetcompat.query.history.History;
import io.fleetcompat.query.history.HistoryStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The metrics of the history, for whoever scrapes them. */
record HistoryMetrics(History history, Clock clock) {

  private static final String PREFIX = "fleetcompat.query.history.";

  void bindTo(MeterRegistry registry) {
    gauge(registry, "changes", "Changes that are kept", HistoryStatus::changes);
    gauge(registry, "bytes", "Bytes on the disk", HistoryStatus::bytes);
    gauge(registry, "lag", "Changes known to be missing", HistoryStatus::lag);
    gauge(
        registry,
        "complete.seconds",
        "How far back all changes are known; NaN while nobody can tell",
        this::completeSeconds);
    gauge(
        registry,
        "faulty",
        "1 while something keeps it from going on; /v1/status says what",
        status -> status.fault().isPresent() ? 1 : 0);
    FunctionCounter.builder(PREFIX + "records.rejected", history, h -> h.rejected().count())
        .description("Changes that could not be read")
        .register(registry);
  }

  private double completeSeconds(HistoryStatus status) {
    return status
        .completeSince()
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  private void gauge(
      MeterRegistry registry, String name, String what, ToDoubleFunction<HistoryStatus> value) {
    Gauge.builder(PREFIX + name, history, h -> value.applyAsDouble(h.status()))
        .description(what)
        .register(registry);
  }
}
