package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;

/** The disk that topics and stores take, and the memory that the processes take. */
public final class Sizes {

  private Sizes() {}

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table disk = new Table("hosts", "topic or store", "MiB", "bytes a host");
    for (String topic : stack.topics()) {
      disk.row(
          fleet.hosts(),
          topic,
          stack.topicMebibytes(topic),
          bytesEach(fleet, stack.topicMebibytes(topic)));
    }
    double stores = Stack.mebibytes(stack.directory().resolve("indexer"), "");
    disk.row(fleet.hosts(), "indexer's RocksDB", stores, bytesEach(fleet, stores));
    report.table(disk);
    Table memory = new Table("hosts", "process", "RSS MiB", "peak RSS MiB", "live heap MiB");
    row(memory, fleet, "broker", MeasuredProcess.memory(stack.brokerPid()));
    row(memory, fleet, "indexer", stack.indexer().memory());
    try (Replica replica = stack.replica()) {
      replica.awaitHosts(fleet.hosts());
      row(memory, fleet, "replica", replica.child().memory());
    }
    try (Replica replica = stack.replicaWithHistory()) {
      replica.awaitHosts(fleet.hosts());
      replica.awaitHistory(fleet.hosts());
      row(memory, fleet, "replica with history", replica.child().memory());
    }
    report.table(memory);
  }

  private static double bytesEach(SyntheticFleet fleet, double mebibytes) {
    return mebibytes * 1048576 / fleet.hosts();
  }

  private static void row(
      Table table, SyntheticFleet fleet, String process, MeasuredProcess.Memory memory) {
    table.row(fleet.hosts(), process, memory.resident(), memory.peak(), memory.liveHeap());
  }
}
