package io.fleetcompat.query.http;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Counts and times requests by route and status, and, apart from waiting and from who takes the
 * answer, the lookups by which questions are answered. Any thread.
 */
final class RequestMetrics {

  /** The bounds of the buckets in which lookups are counted. */
  private static final Duration[] LOOKUP_BUCKETS =
      LongStream.of(
              50,
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              100_000,
              1_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String path, int status) {}

  private final Map<String, Timer> lookups;

  /**
   * @param questions the paths of the routes that ask the index
   */
  RequestMetrics(MeterRegistry registry, Set<String> questions) {
    this.registry = registry;
    this.lookups = questions.stream().collect(toUnmodifiableMap(path -> path, this::lookupTimer));
  }

  void record(String path, int status, long nanos) {
    Key key = new Key(path, status);
    Timer timer = timers.get(key);
    if (timer == null) {
      timer = timers.computeIfAbsent(key, k -> timer(path, status));
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Takes note of a question that was answered; of any other route nothing. */
  void lookup(String path, long nanos) {
    Timer timer = lookups.get(path);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private Timer lookupTimer(String path) {
    return Timer.builder("fleetcompat.query.lookup")
        .description("Looking up and writing the answers to questions to the index as it is now")
        .tag("route", path)
        .serviceLevelObjectives(LOOKUP_BUCKETS)
        .register(registry);
  }

  private Timer timer(String path, int status) {
    return Timer.builder("fleetcompat.query.request")
        .description("Requests by route and status")
        .tag("route", path)
        .tag("status", String.valueOf(status))
        .register(registry);
  }
}
