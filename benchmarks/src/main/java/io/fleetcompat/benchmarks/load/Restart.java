package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A killed indexer that is started again over the state that it left, while a few hosts change: the
 * time from the start of its process until it does all of its work again.
 *
 * <p>It does, once every partition has placed a document that was sent after the start, and the
 * profiles in those documents, which nobody had, are judged.
 */
public final class Restart {

  private static final int KILLS = 3;
  private static final int CHANGES_PER_SECOND = 20;
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(20);

  private Restart() {}

  /** Over an index that holds the fleet. */
  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table table =
        new Table("hosts", "kill", "caught up s", "indexer CPU s", "broker CPU s", "RocksDB MiB");
    List<Double> caughtUp = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    Thread changes = Thread.ofPlatform().daemon().start(() -> change(stack, fleet));
    try (IndexWatch watch = new IndexWatch(stack)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
        double broker = MeasuredProcess.cpuSeconds(stack.brokerPid());
        stack.killIndexer();
        double left = Stack.mebibytes(stack.directory().resolve("indexer"), "");
        long begin = System.nanoTime();
        stack.startIndexer();
        watch.await(stack, Markers.send(stack, fleet, kill));
        caughtUp.add((System.nanoTime() - begin) / 1e9);
        cpu.add(stack.indexer().cpuSeconds());
        double ofBroker = MeasuredProcess.cpuSeconds(stack.brokerPid()) - broker;
        table.row(fleet.hosts(), kill, caughtUp.getLast(), cpu.getLast(), ofBroker, left);
        Report.progress("%d hosts, kill %d: %.2f s", fleet.hosts(), kill, caughtUp.getLast());
      }
    } finally {
      changes.interrupt();
    }
    double median = new Samples(caughtUp).median();
    table.row(fleet.hosts(), "median", median, new Samples(cpu).median(), "", "");
    report.table(table);
  }

  private static void change(Stack stack, SyntheticFleet fleet) {
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      int host = i * 7919 % fleet.hosts();
      int release =
          (SyntheticFleet.release(host) + 1 + i / fleet.hosts()) % SyntheticFleet.RELEASES;
      fleet.announce(stack.publisher(), host, release, 1000 + i, Instant.now());
      LockSupport.parkNanos(1_000_000_000L / CHANGES_PER_SECOND);
    }
  }
}
