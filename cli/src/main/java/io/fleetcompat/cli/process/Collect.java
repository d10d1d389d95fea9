package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.ConfigFile;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Collects from one host. */
@Command(
    name = "collect",
    description = "Read this host's /sys and keep Kafka informed, until stopped.",
    footer = {
      "%nExample:",
      "  fleetcompat collect --bootstrap-servers kafka:9092 --label pool=blue --state-dir"
          + " /var/lib/fleetcompat"
    })
public final class Collect extends LongRunning {

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The host's name (default: its FQDN).")
  private Optional<String> host;

  @Option(names = "--root", paramLabel = "DIR", description = "The sysfs root (default: /sys).")
  private Optional<Path> root;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "A label, such as pool=blue; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where the host's epoch is kept over restarts.")
  private Optional<Path> stateDirectory;

  @Option(
      names = "--fleet",
      paramLabel = "DIR",
      description = "Collect from all hosts of a fleet directory instead of from one host.")
  private Optional<Path> fleet;

  private Collect() {}

  @Override
  Running start(SortedMap<String, String> settings, MeterRegistry registry) throws IOException {
    if (fleet.isPresent() && (root.isPresent() || host.isPresent())) {
      throw CommandFailure.usage(
          "expected --fleet, whose hosts have names and roots, or --host and --root, found both");
    }
    put(settings, "bootstrap-servers", options.bootstrapServers);
    put(settings, "host", host);
    put(settings, "root", root);
    put(settings, "state-dir", stateDirectory);
    labels.forEach((name, value) -> settings.put("label." + name, value));
    CollectorConfig config = ConfigFile.parse(settings);
    if (fleet.isPresent()) {
      FleetCollectors hosts = FleetCollectors.start(fleet.get(), config, registry);
      return new Running(once(hosts::isPublished), hosts);
    }
    Collector collector = Collector.start(config, registry);
    return new Running(once(collector::isPublished), collector);
  }

  /**
   * A condition that holds from its first time on: records are on their way to Kafka again and
   * again.
   */
  private static BooleanSupplier once(BooleanSupplier condition) {
    AtomicBoolean held = new AtomicBoolean();
    return () -> {
      if (condition.getAsBoolean()) {
        held.set(true);
      }
      return held.get();
    };
  }
}
