package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A collector in its own process, of this machine's own /sys unless told otherwise. */
public final class RunningCollector {

  /** The word that begins a line about looks: their number, and the seconds of all together. */
  public static final String LOOKS = "looks: ";

  private static final long POLL_MILLIS = 50;

  private RunningCollector() {}

  /** Arguments: bootstrap servers, name of the host, state directory, further settings. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap-servers", arguments[0]);
    settings.put("host", arguments[1]);
    settings.put("state-dir", arguments[2]);
    for (int i = 3; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Collector collector = Collector.start(CollectorConfig.parse(settings), registry);
    Runtime.getRuntime().addShutdownHook(new Thread(collector::close));
    report(registry.get("fleetcompat.collector.scan").timer(), System.out);
  }

  private static void report(Timer scans, PrintStream out) throws InterruptedException {
    long reported = 0;
    while (true) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      if (scans.count() != reported) {
        reported = scans.count();
        out.printf("%s%d %.3f%n", LOOKS, reported, scans.totalTime(TimeUnit.SECONDS));
      }
    }
  }
}
