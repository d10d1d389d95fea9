package io.fleetcompat.query;

import io.fleetcompat.query.answer.OutcomeAnswer;
import io.fleetcompat.query.outcome.Accuracy;
import io.fleetcompat.query.outcome.OutcomeBoard;
import io.fleetcompat.query.outcome.OutcomeCount;
import io.fleetcompat.query.outcome.OutcomeSummary;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
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
            summary.counts().stream().map(OutcomeMetrics::point).toList()));
    metrics.add(
        gauge(
            "s_wrong",
            "Outcomes that were not what was answered",
            List.of(point((double) summary.wrong(), Labels.EMPTY))));
    shares(metrics, "s", "the answer COMPATIBLE", Map.of("", summary.index()), "");
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
                    .ifPresent(
                        value ->
                            points.add(
                                point(
                                    value,
                                    label.isEmpty()
                                        ? Labels.EMPTY
                                        : Labels.of(label, each.getKey())))));
    return points;
  }

  private static GaugeDataPointSnapshot point(OutcomeCount count) {
    return point(
        (double) count.outcomes(),
        Labels.of(
            "predicted",
            count
                .predicted()
                .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                .orElse("none"),
            "result",
            OutcomeAnswer.spelling(count.result()),
            "cause",
            count.otherCause() ? "other" : "device"));
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
