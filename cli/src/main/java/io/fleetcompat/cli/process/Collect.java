package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Values;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that collects from one host, or from all of a fleet directory. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "collect",
    description = "Read this host's /sys and send what changes to Kafka, until stopped.",
    footer = {
      "%nExample:",
      "  fleetcompat collect --bootstrap-servers kafka:9092 --label pool=blue --state-dir"
          + " /var/lib/fleetcompat"
    })
public final class Collect extends ProcessCommand {

  @Option(
      names = "--fleet",
      paramLabel = "DIR",
      description = "Collect from all hosts of a fleet directory instead of from one host.")
  private Optional<Path> fleet;

  private Collect() {}

  @Override
  Catalogue catalogue() {
    return CollectorSettings.CATALOGUE;
  }

  @Override
  Running start(Values values, MeterRegistry registry) throws IOException {
    if (fleet.isPresent()) {
      requireNeitherHostNorRoot();
      ProcessConfig config = CollectorSettings.process(values).checking(new CataloguedFacts());
      requireNoProbe(config);
      FleetCollectors hosts = FleetCollectors.start(fleet.get(), config, registry);
      return new Running(once(hosts::isPublished), hosts::hasFailed, hosts);
    }
    CollectorConfig config = CollectorSettings.config(values).checking(new CataloguedFacts());
    Collector collector = Collector.start(config, registry);
    return new Running(once(collector::isPublished), collector::hasFailed, collector);
  }

  private void requireNeitherHostNorRoot() {
    if (isGiven("--host") || isGiven("--root")) {
      throw CommandFailure.usage(
          "expected --fleet, whose hosts have names and roots, or --host and --root, found both");
    }
  }

  private static void requireNoProbe(ProcessConfig config) {
    if (config.probeDeadline().isPresent()) {
      throw CommandFailure.usage(
          "expected --fleet, whose hosts are copies without drivers, or --probe, found both");
    }
  }

  /**
   * A condition that holds from its first time on: records are on their way to Kafka again and
   * again.
   */
  private static Supplier<Readiness> once(BooleanSupplier condition) {
    AtomicBoolean held = new AtomicBoolean();
    return () -> {
      if (condition.getAsBoolean()) {
        held.set(true);
      }
      return Readiness.of(held.get());
    };
  }
}
