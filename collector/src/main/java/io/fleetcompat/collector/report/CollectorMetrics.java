package io.fleetcompat.collector.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** The collector's meters, {@code fleetcompat_collector_*}; shared by all hosts of a process. */
public record CollectorMetrics(
    Timer scans,
    Counter failedScans,
    Counter failedTasks,
    Counter problems,
    Counter changes,
    Counter uevents,
    Counter foreignMessages,
    Counter overflows) {

  /** The bounds of the buckets in which looks are counted. */
  private static final Duration[] SCAN_BUCKETS =
      LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** Registers them, or finds them where another host already has. */
  public static CollectorMetrics of(MeterRegistry registry) {
    return new CollectorMetrics(
        Timer.builder("fleetcompat.collector.scan")
            .description("Looks at a whole host")
            .serviceLevelObjectives(SCAN_BUCKETS)
            .register(registry),
        counter(
            registry,
            "failed.scans",
            "Looks that failed: the root is gone, or the reader made a mistake"),
        counter(
            registry,
            "failed.tasks",
            "Other work of a thread that failed; the thread goes on, and the log says why"),
        counter(registry, "problems", "Problems found, counted at every look"),
        counter(registry, "changes", "Looks that found something else than the look before"),
        counter(registry, "uevents", "Messages from the kernel"),
        counter(registry, "foreign.messages", "Messages that were not from the kernel; ignored"),
        counter(registry, "overflows", "Times that the kernel dropped messages; all is rescanned"));
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("fleetcompat.collector." + name)
        .description(description)
        .register(registry);
  }
}
