package io.fleetcompat.query;

import io.fleetcompat.query.lookup.Pools;
import io.fleetcompat.query.lookup.Pools.ListedPool;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.schemas.FindingKind;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The health of pools as metrics, made anew for each scrape: a pool that is gone is no series any
 * more. Their number is bounded: the first pools by name have metrics, the others are counted. Any
 * thread.
 *
 * @param most pools that have metrics
 */
record PoolMetrics(Replica replica, int most) implements MultiCollector {

  private static final String PREFIX = "fleetcompat_pool_";

  /** The values of one metric. */
  private record Points(List<GaugeDataPointSnapshot> all) {

    void add(long value, String... labels) {
      all.add(
          GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value((double) value).build());
    }
  }

  /** The values that a pool has of one metric. */
  private interface OfPool {
    void put(PoolHealthRecord health, Points into);
  }

  @Override
  public MetricSnapshots collect() {
    List<PoolHealthRecord> all = healths(replica.snapshot().view());
    List<PoolHealthRecord> told = all.stream().limit(most).toList();
    List<MetricSnapshot> metrics = new ArrayList<>();
    metrics.add(
        movability(told, "endpoints", "Endpoints of live hosts", PoolMovability::getEndpoints));
    metrics.add(
        movability(
            told,
            "movable",
            "Endpoints that can move to another live host of the pool",
            PoolMovability::getMovable));
    metrics.add(
        movability(
            told,
            "stranded",
            "Endpoints that can move to no other live host of the pool",
            PoolMovability::getStranded));
    metrics.add(
        movability(
            told,
            "unknown",
            "Stranded endpoints of which something that is missing would decide",
            PoolMovability::getUnknown));
    metrics.add(
        movability(
            told,
            "full",
            "Movable endpoints whose destinations have no room",
            PoolMovability::getFull));
    metrics.add(gauge(told, "hosts", "Hosts by liveness", PoolMetrics::hosts));
    metrics.add(
        gauge(
            told,
            "split_families",
            "Kinds, vendors and types whose profiles fall into more than one group",
            (health, into) -> into.add(splitFamilies(health), "pool", health.getPool())));
    metrics.add(
        gauge(
            told,
            "one_way_pairs",
            "Pairs of profiles of which one direction is compatible alone",
            (health, into) -> into.add(health.getOneWayPairs(), "pool", health.getPool())));
    metrics.add(gauge(told, "findings", "Findings about hosts, by kind", PoolMetrics::findings));
    metrics.add(
        GaugeSnapshot.builder()
            .name("fleetcompat_pools_without_metrics")
            .help("Pools beyond those that have metrics")
            .dataPoint(GaugeDataPointSnapshot.builder().value(all.size() - told.size()).build())
            .build());
    return new MetricSnapshots(metrics);
  }

  private static List<PoolHealthRecord> healths(IndexView view) {
    return Pools.list(view).stream()
        .sorted(Comparator.comparing(ListedPool::name))
        .flatMap(pool -> pool.health().stream())
        .toList();
  }

  private static GaugeSnapshot movability(
      List<PoolHealthRecord> pools, String name, String help, ToIntFunction<PoolMovability> of) {
    return gauge(
        pools,
        name,
        help,
        (health, into) -> {
          into.add(of.applyAsInt(health.getDevices()), "pool", health.getPool(), "kind", "device");
          into.add(of.applyAsInt(health.getTypes()), "pool", health.getPool(), "kind", "type");
        });
  }

  private static void hosts(PoolHealthRecord health, Points into) {
    into.add(health.getFresh(), "pool", health.getPool(), "liveness", "fresh");
    into.add(health.getStale(), "pool", health.getPool(), "liveness", "stale");
    into.add(health.getLost(), "pool", health.getPool(), "liveness", "lost");
  }

  private static long splitFamilies(PoolHealthRecord health) {
    return health.getFamilies().stream().filter(family -> family.getGroups() > 1).count();
  }

  private static void findings(PoolHealthRecord health, Points into) {
    Arrays.stream(FindingKind.values())
        .forEach(
            kind ->
                into.add(
                    kind.in(health).map(PoolFinding::getCount).orElse(0),
                    "pool",
                    health.getPool(),
                    "finding",
                    kind.toString()));
  }

  private static GaugeSnapshot gauge(
      List<PoolHealthRecord> pools, String name, String help, OfPool of) {
    Points points = new Points(new ArrayList<>());
    pools.forEach(health -> of.put(health, points));
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    points.all().forEach(gauge::dataPoint);
    return gauge.build();
  }
}
