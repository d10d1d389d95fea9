package io.fleetcompat.cli.up;

import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.simulation.FleetBusyException;
import io.fleetcompat.simulation.FleetMarker;
import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The hosts that are not this machine: simulated, or a directory that somebody else keeps. */
final class FleetSource {

  /** The settings for a simulated fleet: its own changes are told, so only others need a look. */
  private static final Map<String, String> SIMULATED = Map.of("interval.poll", "5s");

  private static final int MAX_PROBLEMS_SHOWN = 5;

  private final UpOptions options;
  private final DataDirectory data;
  private final Parts parts;
  private Optional<SimulatedFleet> simulated = Optional.empty();
  private Optional<FleetCollectors> collectors = Optional.empty();

  FleetSource(UpOptions options, DataDirectory data, Parts parts) {
    this.options = options;
    this.data = data;
    this.parts = parts;
  }

  /** Starts collecting from them. */
  void start(Progress progress, Started started, Supervision supervision) throws IOException {
    if (options.simulate.isPresent()) {
      int hosts = options.simulate.get();
      progress.say("simulating " + hosts + " hosts in " + data.simulatedFleet());
      simulated = Optional.of(simulate(hosts, started));
      supervision.afterDeletion(() -> simulateAgain(hosts, progress));
      collect(data.simulatedFleet(), SIMULATED, progress, started, supervision);
    }
    if (options.fleet.isPresent()) {
      progress.say("watching the fleet directory " + options.fleet.get());
      collect(options.fleet.get(), Map.of(), progress, started, supervision);
    }
  }

  /** The trees were in the data directory, too: their hosts begin as they were at the start. */
  private void simulateAgain(int hosts, Progress progress) {
    try {
      var _ = SimulatedFleet.open(data.simulatedFleet(), hosts, options.seed);
    } catch (IOException e) {
      progress.say("the hosts cannot be simulated again: " + CommandFailure.why(e));
    }
  }

  /** A fleet that changes all the time is held all the time: nobody else may change it. */
  private SimulatedFleet simulate(int hosts, Started started) throws IOException {
    Path directory = data.simulatedFleet();
    try {
      if (options.churn == 0) {
        return SimulatedFleet.open(directory, hosts, options.seed);
      }
      Files.createDirectories(directory);
      FleetMarker held = started.add("simulated fleet", FleetMarker.holdOrMake(directory));
      return SimulatedFleet.open(directory, hosts, options.seed, held);
    } catch (FleetBusyException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    }
  }

  private void collect(
      Path directory,
      Map<String, String> settings,
      Progress progress,
      Started started,
      Supervision supervision)
      throws IOException {
    FleetCollectors begun =
        started.add("fleet's collectors", parts.collectors(directory, settings));
    supervision.of("fleet's collectors", begun::hasFailed);
    collectors = Optional.of(begun);
    progress.say("collecting from " + begun.size() + " hosts");
    begun.problems().entrySet().stream()
        .limit(MAX_PROBLEMS_SHOWN)
        .forEach(
            p ->
                progress.say(
                    "  not used: folder " + p.getKey() + " (" + p.getValue().detail() + ")"));
  }

  /** Says which hosts are not in the index, and why. */
  void sayFailures(Progress progress) {
    collectors
        .map(FleetCollectors::failures)
        .ifPresent(
            failures ->
                failures.entrySet().stream()
                    .limit(MAX_PROBLEMS_SHOWN)
                    .forEach(
                        f -> progress.say("  not collected: " + f.getKey() + ": " + f.getValue())));
  }

  /** True if Kafka has a document of every host. */
  boolean isPublished() {
    return collectors.map(FleetCollectors::isPublished).orElse(true);
  }

  /** The number of hosts now, in words. */
  String expected() {
    return collectors.map(c -> " of " + c.size() + " in the fleet").orElse("");
  }

  /** Begins to change the simulated hosts, if that was asked for. */
  void churn(Started started, Supervision supervision) {
    if (options.churn > 0) {
      Churn churn =
          Churn.start(simulated.orElseThrow(), options.churn, collectors.orElseThrow()::hint);
      supervision.of("churn of the simulated fleet", started.add("churn", churn)::hasFailed);
    }
  }
}
