package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.testing.DriverFile;
import io.fleetcompat.testing.FuseTree;
import io.fleetcompat.testing.SysfsTrees;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * From an opaque {@code migration_version} that nobody has seen until {@code check} has the answer
 * of a driver: a collector reads it, the indexer asks a prober over Kafka, the prober writes it to
 * the attribute of a FUSE file system, and the answer comes back the same way.
 */
public final class NewString {

  private static final int STRINGS = 100;
  private static final int WARM_UP = 20;

  /** A host is asked four times a second at most: strings come a little more slowly. */
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private static final String PARENT = "0000:00:02.0";
  private static final String FUNCTION = "devices/pci0000:00/" + PARENT;
  private static final String VERSION = FUNCTION + "/mdev_supported_types/t/migration_version";
  private static final String LINK = "class/mdev_bus/" + PARENT;
  private static final String TARGET = "../../" + FUNCTION;
  private static final String SOURCE = "source";
  private static final String DESTINATION = "destination";
  private static final int EINVAL = 22;

  private NewString() {}

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Optional<String> obstacle = FuseTree.obstacle();
    if (obstacle.isPresent()) {
      report.say("not measured: " + obstacle.get());
      return;
    }
    Path source =
        SysfsTrees.write(
            stack.directory().resolve(SOURCE),
            new TreeMap<>(Map.of(VERSION, version(0), FUNCTION + "/vendor", "0x8086")),
            Map.of(LINK, TARGET));
    FuseTree.Builder driver = new FuseTree.Builder();
    DriverFile attribute = driver.file(VERSION, "of the destination");
    driver.file(FUNCTION + "/vendor", "0x8086");
    driver.link(LINK, TARGET);
    Path mountpoint = Files.createDirectories(stack.directory().resolve(DESTINATION));
    try (FuseTree destination = driver.mount(mountpoint);
        Replica replica = stack.replica();
        Collector _ = collector(stack, DESTINATION, destination.directory(), true);
        Collector reader = collector(stack, SOURCE, source, false)) {
      replica.awaitReady();
      awaitVerdict(replica, "COMPATIBLE");
      List<Double> millis = new ArrayList<>();
      for (int i = 1; i <= WARM_UP + STRINGS; i++) {
        boolean yes = i % 2 == 0;
        DriverFile _ = yes ? attribute.takes() : attribute.refuses(EINVAL);
        long begin = System.nanoTime();
        put(source, version(i));
        reader.hint();
        awaitVerdict(replica, yes ? "COMPATIBLE" : "INCOMPATIBLE");
        if (i > WARM_UP) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
      Samples samples = new Samples(millis);
      Table table = new Table("hosts", "strings", "p50 ms", "p99 ms", "most ms");
      table.row(fleet.hosts(), STRINGS, samples.median(), samples.percentile(99), samples.most());
      report.table(table);
    }
  }

  private static void awaitVerdict(Replica replica, String wanted)
      throws IOException, InterruptedException {
    String question =
        "/v1/check?source=%s/%s/t&destination=%s/%s/t"
            .formatted(SOURCE, PARENT, DESTINATION, PARENT);
    Stack.await(
        "the verdict is " + wanted,
        () ->
            replica.api().isOk(question)
                && replica.api().json(question).path("verdict").asText().equals(wanted));
  }

  private static String version(int number) {
    return "version " + number;
  }

  /** All at once, as a driver would give it. */
  private static void put(Path root, String version) throws IOException {
    Path made = root.resolve(".made");
    Files.writeString(made, version + "\n");
    Files.move(made, root.resolve(VERSION), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Collector collector(Stack stack, String host, Path root, boolean probe)
      throws IOException {
    return Collector.start(
        CollectorConfig.parse(
            Map.of(
                "bootstrap-servers", stack.bootstrapServers(),
                "host", host,
                "root", root.toString(),
                "probe", String.valueOf(probe))),
        new SimpleMeterRegistry());
  }
}
