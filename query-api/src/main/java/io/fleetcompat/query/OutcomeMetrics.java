package io.fleetcompat.query;

import io.fleetcompat.query.answer.OutcomeAnswer;
import io.fleetcompat.query.outcome.Accuracy;
import io.fleetcompat.query.outcome.OutcomeBoard;
import io.fleetcompat.query.outcome.OutcomeCount;
import io.fleetcompat.query.outcome.OutcomeSummary;
import io.fleetcompat.schemas.avro.MigrationResult;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The outcomes of migrations as metrics, made anew for each scrape: those of the last 90 days that
 * are kept, so they are gauges. Their number is bounded: the first rules by name have metrics. Any
 * thread.
 *
 * @param most rules, and packs, that have metrics
 */
record OutcomeMetrics(OutcomeBoard board, int most) implements MultiCollector {

  private static final String PREFIX = "fleetcompat_outcome";

  private static final List<String> PREDICTED =
      List.of("compatible", "incompatible", "unknown", "none");

  @Override
  public MetricSnapshots collect() {
    if (!board.isComplete()) {
      return new MetricSnapshots(); // a part of them would say something else than all
    }
    OutcomeSummary summary = board.summary();
    List<MetricSnapshot> metrics = new ArrayList<>();
    metrics.add(
        gauge(
            "s",
            "Outcomes of migrations, by what was answered for them and what came of them",
            counts(summary)));
    metrics.add(
        gauge(
            "s_wrong",
            "Outcomes that were not what was answered",
            List.of(point((double) summary.wrong(), Labels.EMPTY))));
    ofIndex(metrics, summary.index());
    shares(metrics, "_rule", "rules that say no", summary.rules(), "rule");
    shares(metrics, "_pack", "packs that say no", summary.packs(), "pack");
    return new MetricSnapshots(metrics);
  }

  private void shares(
      List<MetricSnapshot> metrics,
      String name,
      String of,
      Map<String, Accuracy> all,
      String label) {
    metrics.add(
        gauge(
            name + "_precision",
            "Share of migrations that came out as told, of " + of,
            points(all, label, Accuracy::precision)));
    metrics.add(
        gauge(
            name + "_recall",
            "Share of migrations that were told so, of those that came out so, of " + of,
            points(all, label, Accuracy::recall)));
  }

  private List<GaugeDataPointSnapshot> points(
      Map<String, Accuracy> all, String label, Function<Accuracy, OptionalDouble> share) {
    List<GaugeDataPointSnapshot> points = new ArrayList<>();
    all.entrySet().stream()
        .limit(most)
        .forEach(
            each ->
                share
                    .apply(each.getValue())
                    .ifPresent(value -> points.add(point(value, Labels.of(label, each.getKey())))));
    return points;
  }

  /** Each sort that may come has a series, also where none has come. */
  private static List<GaugeDataPointSnapshot> counts(OutcomeSummary summary) {
    Map<Labels, Double> counts = new LinkedHashMap<>();
    for (String predicted : PREDICTED) {
      for (MigrationResult result : MigrationResult.values()) {
        counts.put(labels(predicted, result, false), 0.0);
      }
    }
    for (OutcomeCount count : summary.counts()) {
      String predicted =
          count.predicted().map(verdict -> verdict.name().toLowerCase(Locale.ROOT)).orElse("none");
      counts.put(labels(predicted, count.result(), count.otherCause()), (double) count.outcomes());
    }
    return counts.entrySet().stream().map(each -> point(each.getValue(), each.getKey())).toList();
  }

  private static Labels labels(String predicted, MigrationResult result, boolean otherCause) {
    return Labels.of(
        "predicted",
        predicted,
        "result",
        OutcomeAnswer.spelling(result),
        "cause",
        otherCause ? "other" : "device");
  }

  /** Not a number where there is nothing to divide by. */
  private static void ofIndex(List<MetricSnapshot> metrics, Accuracy index) {
    metrics.add(
        gauge(
            "s_precision",
            "Share of migrations that succeeded, of those that were told COMPATIBLE",
            List.of(point(index.precision().orElse(Double.NaN), Labels.EMPTY))));
    metrics.add(
        gauge(
            "s_recall",
            "Share of migrations that were told COMPATIBLE, of those that succeeded",
            List.of(point(index.recall().orElse(Double.NaN), Labels.EMPTY))));
  }

  private static GaugeDataPointSnapshot point(double value, Labels labels) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<GaugeDataPointSnapshot> points) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    points.forEach(gauge::dataPoint);
    return gauge.build();
  }
}
