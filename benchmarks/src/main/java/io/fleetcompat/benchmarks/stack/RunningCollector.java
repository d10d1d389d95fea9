package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Map;

/** A collector of this machine's own /sys, in its own process. */
public final class RunningCollector {

  private RunningCollector() {}

  /** Arguments: bootstrap servers, name of the host, state directory. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Collector collector =
        Collector.start(
            CollectorConfig.parse(
                Map.of(
                    "bootstrap-servers",
                    arguments[0],
                    "host",
                    arguments[1],
                    "state-dir",
                    arguments[2])),
            new SimpleMeterRegistry());
    Runtime.getRuntime().addShutdownHook(new Thread(collector::close));
    Thread.currentThread().join();
  }
}
