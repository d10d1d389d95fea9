package io.fleetcompat.query.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by route and status. Any thread. */
final class RequestMetrics {

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String path, int status) {}

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void record(String path, int status, long nanos) {
    Key key = new Key(path, status);
    Timer timer = timers.get(key);
    if (timer == null) {
      timer = timers.computeIfAbsent(key, k -> timer(path, status));
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String path, int status) {
    return Timer.builder("fleetcompat.query.request")
        .description("Requests by route and status")
        .tag("route", path)
        .tag("status", String.valueOf(status))
        .register(registry);
  }
}
