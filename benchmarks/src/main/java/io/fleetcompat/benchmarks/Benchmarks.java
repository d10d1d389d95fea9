package io.fleetcompat.benchmarks;

import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.jmh.CandidateSets;
import io.fleetcompat.benchmarks.jmh.CpuTime;
import io.fleetcompat.benchmarks.jmh.Lookup;
import io.fleetcompat.benchmarks.jmh.Marks;
import io.fleetcompat.benchmarks.jmh.Names;
import io.fleetcompat.benchmarks.jmh.NewProfile;
import io.fleetcompat.benchmarks.jmh.Update;
import io.fleetcompat.benchmarks.jmh.VerdictCaches;
import io.fleetcompat.benchmarks.json.AnswerJson;
import io.fleetcompat.benchmarks.keys.Retained;
import io.fleetcompat.benchmarks.load.AlertLatency;
import io.fleetcompat.benchmarks.load.ColdStart;
import io.fleetcompat.benchmarks.load.CollectorAtRest;
import io.fleetcompat.benchmarks.load.Freshness;
import io.fleetcompat.benchmarks.load.GarbageFlood;
import io.fleetcompat.benchmarks.load.HistorySize;
import io.fleetcompat.benchmarks.load.HttpLoad;
import io.fleetcompat.benchmarks.load.IndexBuild;
import io.fleetcompat.benchmarks.load.IndexTopics;
import io.fleetcompat.benchmarks.load.LargeHosts;
import io.fleetcompat.benchmarks.load.MaintenanceLatency;
import io.fleetcompat.benchmarks.load.NewString;
import io.fleetcompat.benchmarks.load.PastLatency;
import io.fleetcompat.benchmarks.load.PoolChanges;
import io.fleetcompat.benchmarks.load.Restart;
import io.fleetcompat.benchmarks.load.RulesSwap;
import io.fleetcompat.benchmarks.load.Sizes;
import io.fleetcompat.benchmarks.load.Upgrade;
import io.fleetcompat.benchmarks.load.WatchLoad;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.testing.LargeTree.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The one main of all benchmarks: {@code benchmarks/run WHAT [HOSTS…]}. */
public final class Benchmarks {

  private static final String USAGE =
      "usage: benchmarks/run"
          + " judge|lookup|json|caches|keys|marks|update|index|http|http-alone|freshness|new-string|upgrade|restart|cold-start|rules-swap|pool-health|alerts|watch|maintenance|past|history|collector|large-hosts|sizes|flood|stack|all"
          + " [HOSTS...|SHAPES...|WATCHERS...|CHANGES...]";

  /** The hosts whose changes a history of any size is made of. */
  private static final int HISTORY_HOSTS = 10_000;

  private enum What {
    JUDGE,
    LOOKUP,
    JSON,
    CACHES,
    KEYS,
    MARKS,
    UPDATE,
    INDEX,
    HTTP,
    HTTP_ALONE,
    FRESHNESS,
    NEW_STRING,
    UPGRADE,
    RESTART,
    COLD_START,
    RULES_SWAP,
    POOL_HEALTH,
    ALERTS,
    WATCH,
    MAINTENANCE,
    PAST,
    HISTORY,
    COLLECTOR,
    LARGE_HOSTS,
    SIZES,
    FLOOD,
    STACK,
    ALL
  }

  private Benchmarks() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    Report report = new Report(System.out);
    if (arguments.length == 0) {
      report.say(USAGE);
      System.exit(2);
    }
    What what = What.valueOf(constant(arguments[0]));
    if (what == What.LARGE_HOSTS) {
      largeHosts(Arrays.stream(arguments).skip(1).toList(), report);
      return;
    }
    List<Integer> hosts = Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
    switch (what) {
      case JUDGE -> jmh(NewProfile.class, List.of(), report);
      case LOOKUP -> jmh(Lookup.class, hosts, report);
      case JSON -> jmh(AnswerJson.class, List.of(), report);
      case CACHES -> jmh(VerdictCaches.class, List.of(), report);
      case KEYS -> {
        jmh(CandidateSets.class, List.of(), report);
        jmh(Names.class, List.of(), report);
        Retained.measure(report);
      }
      case MARKS -> jmh(Marks.class, List.of(), report);
      case UPDATE -> jmh(Update.class, hosts, report);
      case INDEX -> onEmpty(or(hosts, 1000, 10_000), report, IndexBuild::measure);
      case HTTP -> each(or(hosts, 1000, 10_000, 100_000), report, HttpLoad::measure);
      case HTTP_ALONE -> {
        for (int size : or(hosts, 1000)) {
          title(report, size + " hosts, without Kafka");
          HttpLoad.measureFilled(new SyntheticFleet(size), report);
        }
      }
      case FRESHNESS -> each(or(hosts, 10_000), report, Freshness::measure);
      case NEW_STRING -> each(or(hosts, 1000), report, NewString::measure);
      case UPGRADE -> each(or(hosts, 10_000), report, Upgrade::measure);
      case RESTART -> each(or(hosts, 100_000), report, Restart::measure);
      case COLD_START -> coldStart(or(hosts, 100_000), report);
      case RULES_SWAP -> onEmpty(or(hosts, 250), report, RulesSwap::measure);
      case POOL_HEALTH -> each(or(hosts, 1000, 100_000), report, PoolChanges::measure);
      case ALERTS -> {
        for (int size : or(hosts, 1000)) {
          title(report, size + " hosts");
          SyntheticFleet fleet = new SyntheticFleet(size);
          try (Stack stack = Stack.start(AlertLatency::settings)) {
            IndexBuild.measure(stack, fleet, report);
            AlertLatency.measure(stack, fleet, report);
          }
        }
      }
      case WATCH -> watch(or(hosts, 1000), report);
      case MAINTENANCE -> {
        for (int size : or(hosts, 10_000)) {
          title(report, size + " hosts in pools of 500, without Kafka");
          MaintenanceLatency.measure(new SyntheticFleet(size), report);
          title(report, size + " hosts in one pool, without Kafka");
          MaintenanceLatency.measure(new SyntheticFleet(size, size), report);
        }
      }
      case PAST -> each(or(hosts, 10_000), report, PastLatency::measure);
      case HISTORY -> {
        for (int changes : or(hosts, 1_000_000)) {
          each(
              List.of(HISTORY_HOSTS),
              report,
              (stack, fleet, into) -> HistorySize.measure(stack, fleet, changes, into));
        }
      }
      case FLOOD -> each(or(hosts, 1000), report, GarbageFlood::measure);
      case SIZES -> each(or(hosts, 100_000), report, Sizes::measure);
      case STACK -> each(or(hosts, 1000, 10_000, 100_000), report, Benchmarks::everything);
      case COLLECTOR -> {
        title(report, "collector at rest");
        try (Stack stack = Stack.start()) {
          CollectorAtRest.measure(stack, report);
        }
      }
      case LARGE_HOSTS -> largeHosts(List.of(), report);
      case ALL -> {
        for (String one :
            List.of(
                "judge",
                "lookup",
                "json",
                "update",
                "collector",
                "large-hosts",
                "upgrade",
                "restart",
                "stack")) {
          main(new String[] {one});
        }
      }
    }
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static void largeHosts(List<String> words, Report report)
      throws IOException, InterruptedException {
    List<Shape> shapes =
        words.isEmpty()
            ? List.of(Shape.values())
            : words.stream().map(word -> Shape.valueOf(constant(word))).toList();
    title(report, "large hosts");
    try (Stack stack = Stack.withoutIndexer()) {
      LargeHosts.measure(stack, shapes, report);
    }
  }

  /** A measurement over a stack that has the fleet. */
  private interface Measurement {
    void measure(Stack stack, SyntheticFleet fleet, Report report)
        throws IOException, InterruptedException;
  }

  private static void everything(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Sizes.measure(stack, fleet, report);
    ColdStart.measure(stack, fleet.hosts(), report);
    HttpLoad.measure(stack, fleet, report);
    Freshness.measure(stack, fleet, report);
  }

  private static void each(List<Integer> sizes, Report report, Measurement measurement)
      throws IOException, InterruptedException {
    onEmpty(
        sizes,
        report,
        (stack, fleet, into) -> {
          IndexBuild.measure(stack, fleet, into);
          measurement.measure(stack, fleet, into);
        });
  }

  private static void onEmpty(List<Integer> sizes, Report report, Measurement measurement)
      throws IOException, InterruptedException {
    for (int hosts : sizes) {
      title(report, hosts + " hosts");
      SyntheticFleet fleet = new SyntheticFleet(hosts);
      try (Stack stack = Stack.start()) {
        measurement.measure(stack, fleet, report);
      }
    }
  }

  /** Over topics that are written as the indexer would, which takes minutes itself. */
  private static void coldStart(List<Integer> sizes, Report report)
      throws IOException, InterruptedException {
    for (int hosts : sizes) {
      title(report, hosts + " hosts");
      try (Stack stack = Stack.withoutIndexer()) {
        long begin = System.nanoTime();
        IndexTopics.write(stack.bootstrapServers(), Stack.TOPICS, hosts);
        report.say("The index was written within %.1f s.%n", (System.nanoTime() - begin) / 1e9);
        ColdStart.measure(stack, hosts, report);
      }
    }
  }

  private static void watch(List<Integer> watchers, Report report)
      throws IOException, InterruptedException {
    for (int many : watchers) {
      title(report, many + " watchers");
      try (Stack stack = Stack.withoutIndexer()) {
        WatchLoad.measure(stack, many, report);
      }
    }
  }

  private static void jmh(Class<?> benchmark, List<Integer> hosts, Report report)
      throws RunnerException {
    title(report, benchmark.getSimpleName().toLowerCase(Locale.ROOT));
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(benchmark.getName() + "\\.")
        .addProfiler(CpuTime.class)
        .addProfiler(GCProfiler.class);
    if (!hosts.isEmpty()) {
      options.param("hosts", hosts.stream().map(String::valueOf).toArray(String[]::new));
    }
    Table table =
        new Table(
            "benchmark",
            "parameters",
            "mean",
            "± (99.9%)",
            "unit",
            "CPU ns (median)",
            "allocated bytes");
    for (RunResult result : new Runner(options.build()).run()) {
      List<String> parameters = new ArrayList<>();
      for (String key : result.getParams().getParamsKeys()) {
        parameters.add(key + "=" + result.getParams().getParam(key));
      }
      var primary = result.getPrimaryResult();
      table.row(
          primary.getLabel(),
          String.join(" ", parameters),
          primary.getScore(),
          primary.getScoreError(),
          primary.getScoreUnit(),
          cpu(result),
          allocated(result));
    }
    report.table(table);
  }

  private static double cpu(RunResult result) {
    return Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.NAME))
        .getStatistics()
        .getPercentile(50);
  }

  private static double allocated(RunResult result) {
    return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
  }

  private static void title(Report report, String title) {
    report.title(title);
    report.say(
        "%s, %d processors, Java %s; load average at the start %.1f.%n",
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static List<Integer> or(List<Integer> hosts, Integer... otherwise) {
    return hosts.isEmpty() ? List.of(otherwise) : hosts;
  }
}
