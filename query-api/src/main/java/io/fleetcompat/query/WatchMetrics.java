package io.fleetcompat.query;

import io.fleetcompat.query.watch.ChangeFeed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.ToDoubleFunction;

/** The metrics of what is kept for watchers, for whoever scrapes them. */
record WatchMetrics(ChangeFeed feed, Clock clock) {

  private static final String PREFIX = "fleetcompat.query.watch.";

  void bindTo(MeterRegistry registry) {
    gauge(registry, "kept", "Events that are kept for watchers", ChangeFeed::events);
    gauge(registry, "bytes", "Memory that they take", ChangeFeed::bytes);
    gauge(
        registry,
        "age.seconds",
        "Age of what watchers are told; NaN before there is anything",
        of -> of.asOf() == 0 ? Double.NaN : (clock.millis() - of.asOf()) / 1000.0);
    FunctionCounter.builder(PREFIX + "records.rejected", feed, of -> of.rejected().count())
        .description("Records that could not be read")
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String what, ToDoubleFunction<ChangeFeed> value) {
    Gauge.builder(PREFIX + name, feed, value).description(what).register(registry);
  }
}
