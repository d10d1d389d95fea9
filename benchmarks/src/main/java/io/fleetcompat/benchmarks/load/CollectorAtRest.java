package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.RunningCollector;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A collector of this machine's /sys, with the launcher's options for {@code collect}, at rest. */
public final class CollectorAtRest {

  /** The options of the script {@code fleetcompat}. */
  static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms4m",
          "-Xmx24m",
          "-Xss256k",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:MaxMetaspaceSize=48m");

  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final Duration REST = Duration.ofSeconds(90);

  private CollectorAtRest() {}

  public static void measure(Stack stack, Report report) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            stack.bootstrapServers(),
            "collector.bench.example",
            Files.createDirectories(stack.directory().resolve("collector")).toString());
    try (MeasuredProcess collector =
        MeasuredProcess.start(
            stack.directory().resolve("collector.log"),
            List.of(),
            OPTIONS,
            RunningCollector.class,
            arguments)) {
      pause(SETTLE);
      collector.requireAlive();
      double before = collector.cpuSeconds();
      pause(REST);
      double used = collector.cpuSeconds() - before;
      MeasuredProcess.Memory memory = collector.memory();
      report.table(
          new Table(
                  "RSS MiB",
                  "peak RSS MiB",
                  "live heap MiB",
                  "CPU s in " + REST.toSeconds() + " s",
                  "CPU %")
              .row(
                  memory.resident(),
                  memory.peak(),
                  memory.liveHeap(),
                  used,
                  100 * used / REST.toSeconds()));
    }
  }

  private static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
