package io.fleetcompat.cli.up;

import io.fleetcompat.cli.metrics.ProcessMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of all parts of {@code up}, which its API shows: one registry, and in it those that
 * each part has registered. A part that is started again has new ones: a gauge of the one before
 * would go on telling of what is no more. One thread starts parts; any may read.
 */
final class PartMeters {

  private final PrometheusMeterRegistry all = ProcessMetrics.registry();
  private final Map<String, CompositeMeterRegistry> parts = new HashMap<>();

  /** All of them. */
  PrometheusMeterRegistry all() {
    return all;
  }

  /**
   * The meters of a part that is started now; those of a part of that name that ran before end.
   *
   * @param tags that each of them has: two parts that run at once and have meters of the same names
   *     must differ by them
   */
  MeterRegistry of(String part, Tags tags) {
    CompositeMeterRegistry former = parts.get(part);
    if (former != null) {
      List<Meter> ended = former.getMeters();
      ended.forEach(meter -> all.removeByPreFilterId(meter.getId()));
    }
    CompositeMeterRegistry started = new CompositeMeterRegistry();
    started.config().commonTags(tags);
    started.add(all);
    parts.put(part, started);
    return started;
  }
}
