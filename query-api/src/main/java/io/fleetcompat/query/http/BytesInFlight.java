package io.fleetcompat.query.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The memory that the requests of all connections may take at once, by its use. Each use has its
 * own part: answers that nobody takes must not keep bodies from being read, nor either of them
 * metrics from being told.
 *
 * @param bodies for heads and bodies while they are received and kept
 * @param parsing for what bodies become when they are parsed
 * @param answers for answers while they are made and sent
 * @param metrics for answers to who watches this process
 */
record BytesInFlight(
    ByteBudget bodies, ByteBudget parsing, ByteBudget answers, ByteBudget metrics) {

  /** Bytes for answers about this process: two of the largest that there are. */
  private static final long METRICS = 8L << 20;

  static BytesInFlight of(long most, MeterRegistry registry) {
    return new BytesInFlight(
        budget("bodies", most / 4, registry),
        budget("parsing", most / 4, registry),
        budget("answers", most / 2, registry),
        budget("metrics", METRICS, registry));
  }

  private static ByteBudget budget(String use, long bytes, MeterRegistry registry) {
    ByteBudget budget = new ByteBudget(bytes);
    Gauge.builder("fleetcompat.query.in.flight", budget, ByteBudget::taken)
        .description("Memory that requests take now, by its use")
        .baseUnit("bytes")
        .tag("use", use)
        .register(registry);
    return budget;
  }
}
