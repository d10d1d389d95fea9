package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From the start of a replica's process until it is ready, and the memory it then has. */
public final class ColdStart {

  private static final int STARTS = 3;

  private ColdStart() {}

  /** Over an index that holds so many hosts. */
  public static void measure(Stack stack, int expected, Report report)
      throws IOException, InterruptedException {
    List<Double> ready = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    MeasuredProcess.Memory memory = new MeasuredProcess.Memory(0, 0, 0);
    for (int start = 0; start < STARTS; start++) {
      plain.add(PlainConsume.seconds(stack, PlainConsume.INDEX));
      try (Replica replica = stack.replica()) {
        ready.add(replica.awaitReady());
        cpu.add(replica.child().cpuSeconds());
        int hosts = replica.api().json("/v1/status").path("hosts").intValue();
        if (hosts != expected) {
          throw new IOException("expected " + expected + " hosts when ready, found " + hosts);
        }
        memory = replica.child().memory();
      }
    }
    report.table(
        new Table(
                "hosts",
                "endpoints",
                "ready s (median of " + STARTS + ")",
                "slowest s",
                "CPU s until ready",
                "plain consume of the same topics s",
                "MiB in them",
                "RSS MiB",
                "peak RSS MiB",
                "live heap MiB")
            .row(
                expected,
                expected * IndexTopics.ENDPOINTS_PER_HOST,
                new Samples(ready).median(),
                new Samples(ready).most(),
                new Samples(cpu).median(),
                new Samples(plain).median(),
                mebibytes(stack),
                memory.resident(),
                memory.peak(),
                memory.liveHeap()));
  }

  private static double mebibytes(Stack stack) throws IOException {
    double size = 0;
    for (Topic<?, ?> topic : PlainConsume.INDEX) {
      size += stack.topicMebibytes(topic.name());
    }
    return size;
  }
}
