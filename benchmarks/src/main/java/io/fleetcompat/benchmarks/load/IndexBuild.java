package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.time.Instant;

/**
 * A running but empty index takes up a fleet of profiles that nobody had: when each stage is
 * through, and which processes and threads worked how long for it.
 */
public final class IndexBuild {

  private static final int ENDPOINTS_BY_CARD = 2;

  private IndexBuild() {}

  /** Loads the fleet; afterwards the index has it. */
  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table stages = new Table("hosts", "index building, until", "s");
    try (Replica replica = stack.replica()) {
      warmUp(stack, replica, fleet);
      ProcessorTime before = ProcessorTime.of(stack, replica);
      long begin = System.nanoTime();
      stack.load(fleet);
      stage(stages, fleet, "Kafka has all documents", begin);
      replica.awaitHosts(fleet.hosts());
      stage(stages, fleet, "a replica has all hosts", begin);
      replica.awaitGeneration(SyntheticFleet.PROFILES);
      stage(stages, fleet, "all profiles are judged, too", begin);
      report.table(stages);
      report.table(ProcessorTime.of(stack, replica).since(before).table(fleet.hosts()));
    }
  }

  private static void stage(Table stages, SyntheticFleet fleet, String stage, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    Report.progress("%d hosts, %.1f s: %s", fleet.hosts(), seconds, stage);
    stages.row(fleet.hosts(), stage, seconds);
  }

  /** One host goes through first, so that no process is still starting. */
  private static void warmUp(Stack stack, Replica replica, SyntheticFleet fleet)
      throws IOException, InterruptedException {
    fleet.announce(stack.publisher(), 0, SyntheticFleet.release(0), 0, Instant.now());
    replica.awaitHosts(1);
    replica.awaitGeneration(SyntheticFleet.ENDPOINTS_PER_HOST / ENDPOINTS_BY_CARD);
  }
}
