package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.HostOnDisk;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.Intervals;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.collector.watch.QuietPeriod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;

/**
 * From writing an attribute of a tree on disk until {@code check} answers otherwise, through a real
 * collector, Kafka, the indexer and a replica, while other hosts change and others ask.
 *
 * <p>A tree on disk has no uevents: the benchmark says that something moved, at once, or as a
 * uevent would (after the collector's period time), or says nothing: then the collector's polling
 * finds it, or the watch of a fleet directory.
 */
public final class Freshness {

  private static final int CHANGES = 200;
  private static final int WARM_UP = 30;
  private static final int POLLED_CHANGES = 60;
  private static final int CHURN_PER_SECOND = 100;
  private static final int QUESTIONS_PER_SECOND = 1000;
  private static final Duration BETWEEN = Duration.ofMillis(23);

  private Freshness() {}

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table table = new Table("hosts", "load", "told", "changes", "p50 ms", "p99 ms", "most ms");
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    int source = fleet.hosts();
    int destination = source + SyntheticFleet.MODELS;
    HostOnDisk from = HostOnDisk.create(stack.directory().resolve("from"), source, 1);
    HostOnDisk to = HostOnDisk.create(stack.directory().resolve("to"), destination, 1);
    try (Replica replica = stack.replica();
        Collector first = collector(stack, from, threads);
        Collector second = collector(stack, to, threads)) {
      replica.awaitReady();
      String question = "/v1/check?source=" + from.endpoint(0) + "&destination=" + to.endpoint(0);
      Stack.await("the hosts on disk are in the index", () -> replica.api().isOk(question));
      Intervals intervals = Intervals.DEFAULT;
      QuietPeriod period =
          new QuietPeriod(
              threads, second::hint, intervals.settle(), intervals.settleMost(), intervals.late());
      Watch watch = new Watch(replica, to, question);
      watch.changes(WARM_UP, second::hint);
      table.row(row(fleet, "none", "at once", watch.changes(CHANGES, second::hint)));
      try (Load load = Load.start(stack, replica, fleet)) {
        table.row(row(fleet, load.name(), "at once", watch.changes(CHANGES, second::hint)));
        table.row(row(fleet, load.name(), "settled", watch.changes(CHANGES, period::hint)));
        table.row(row(fleet, load.name(), "polled", watch.changes(POLLED_CHANGES, () -> {})));
        table.row(row(fleet, load.name(), "fleet directory", watched(stack, replica, from)));
        // The first of these came when the load had just begun, and most of its code was new.
        table.row(row(fleet, load.name(), "at once, again", watch.changes(CHANGES, second::hint)));
      }
      first.hint();
    } finally {
      threads.shutdownNow();
    }
    report.table(table);
  }

  /** The same for a host of a fleet directory, where nobody says anything but the file system. */
  private static Samples watched(Stack stack, Replica replica, HostOnDisk from)
      throws IOException, InterruptedException {
    int number = from.host() + 2 * SyntheticFleet.MODELS;
    Path directory = stack.directory().resolve("fleet");
    Path folder = directory.resolve(SyntheticFleet.host(number));
    HostOnDisk to = HostOnDisk.create(folder.resolve("sys"), number, 1);
    ProcessConfig shared = processConfig(stack);
    try (FleetCollectors _ = FleetCollectors.start(directory, shared, new SimpleMeterRegistry())) {
      String question = "/v1/check?source=" + from.endpoint(0) + "&destination=" + to.endpoint(0);
      Stack.await("the fleet directory is in the index", () -> replica.api().isOk(question));
      Watch watch = new Watch(replica, to, question);
      watch.changes(WARM_UP, () -> {});
      return watch.changes(CHANGES, () -> {});
    }
  }

  private static Object[] row(SyntheticFleet fleet, String load, String told, Samples samples) {
    return new Object[] {
      fleet.hosts(),
      load,
      told,
      samples.sorted().size(),
      samples.median(),
      samples.percentile(99),
      samples.most()
    };
  }

  private static Collector collector(Stack stack, HostOnDisk host, ScheduledExecutorService threads)
      throws IOException {
    CollectorConfig config =
        CollectorConfig.parse(
            Map.of(
                "bootstrap-servers", stack.bootstrapServers(),
                "host", SyntheticFleet.host(host.host()),
                "root", host.root().toString(),
                "label.pool", "on-disk"));
    return Collector.start(config, stack.publisher(), threads, new SimpleMeterRegistry());
  }

  private static ProcessConfig processConfig(Stack stack) {
    return ProcessConfig.parse(Map.of("bootstrap-servers", stack.bootstrapServers()));
  }

  /** Changes the destination's version and waits for the answer to follow. */
  private record Watch(Replica replica, HostOnDisk host, String question) {

    Samples changes(int count, Runnable telling) throws IOException, InterruptedException {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        boolean yes = i % 2 == 1;
        long begin = System.nanoTime();
        host.setVersion(0, SyntheticFleet.version(yes ? 1 : 0));
        telling.run();
        String wanted = yes ? "COMPATIBLE" : "INCOMPATIBLE";
        Stack.await(
            "the verdict is " + wanted,
            () -> replica.api().json(question).path("verdict").textValue().equals(wanted));
        millis.add((System.nanoTime() - begin) / 1e6);
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
      return new Samples(millis);
    }
  }

  /** Others at work: hosts that change, and questions. */
  private record Load(List<Thread> threads) implements AutoCloseable {

    static Load start(Stack stack, Replica replica, SyntheticFleet fleet) {
      Thread churn = Thread.ofPlatform().daemon().start(() -> churn(stack, fleet));
      Thread asking = Thread.ofPlatform().daemon().start(() -> ask(replica));
      return new Load(List.of(churn, asking));
    }

    String name() {
      return CHURN_PER_SECOND + " hosts/s change, up to " + QUESTIONS_PER_SECOND + " questions/s";
    }

    private static void churn(Stack stack, SyntheticFleet fleet) {
      for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
        int host = i * 7919 % fleet.hosts();
        int release =
            (SyntheticFleet.release(host) + 1 + i / fleet.hosts()) % SyntheticFleet.RELEASES;
        fleet.announce(stack.publisher(), host, release, 1000 + i, Instant.now());
        LockSupport.parkNanos(1_000_000_000L / CHURN_PER_SECOND);
      }
    }

    private static void ask(Replica replica) {
      String question =
          "/v1/check?source=%s/%s&destination=%s/%s"
              .formatted(
                  SyntheticFleet.host(0), SyntheticFleet.device(0, 0),
                  SyntheticFleet.host(5), SyntheticFleet.device(0, 0));
      while (!Thread.currentThread().isInterrupted()) {
        try {
          replica.api().bytes(question);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          return;
        }
        LockSupport.parkNanos(1_000_000_000L / QUESTIONS_PER_SECOND);
      }
    }

    @Override
    public void close() {
      threads.forEach(Thread::interrupt);
    }
  }
}
