package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time that every process of a stack has used, in seconds; of the indexer also by thread.
 *
 * @param byProcess of broker, indexer, replica, and this process, which sends
 * @param byThread of the indexer, by what the kernel calls the threads (15 characters)
 */
record ProcessorTime(Map<String, Double> byProcess, Map<String, Double> byThread) {

  private static final double LEAST_SHOWN_SECONDS = 0.1;

  static ProcessorTime of(Stack stack, Replica replica) throws IOException {
    Map<String, Double> byProcess = new TreeMap<>();
    byProcess.put("sender", MeasuredProcess.cpuSeconds(ProcessHandle.current().pid()));
    byProcess.put("broker", MeasuredProcess.cpuSeconds(stack.brokerPid()));
    byProcess.put("indexer", stack.indexer().cpuSeconds());
    byProcess.put("replica", replica.child().cpuSeconds());
    return new ProcessorTime(byProcess, stack.indexer().cpuSecondsByThread());
  }

  ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(
        difference(byProcess, before.byProcess), difference(byThread, before.byThread));
  }

  double all() {
    return byProcess.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double of(String process) {
    return byProcess.getOrDefault(process, 0.0);
  }

  Table table(int hosts) {
    Table table = new Table("hosts", "process or thread", "CPU s");
    byProcess.forEach((process, seconds) -> table.row(hosts, process, seconds));
    byThread.forEach(
        (thread, seconds) -> {
          if (seconds >= LEAST_SHOWN_SECONDS) {
            table.row(hosts, "indexer: " + thread, seconds);
          }
        });
    return table;
  }

  private static Map<String, Double> difference(
      Map<String, Double> after, Map<String, Double> before) {
    Map<String, Double> difference = new TreeMap<>();
    after.forEach((name, time) -> difference.put(name, time - before.getOrDefault(name, 0.0)));
    return difference;
  }
}
