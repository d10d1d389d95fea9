package io.fleetcompat.cli.up;

import io.fleetcompat.cli.fleet.SimulatedFleet;
import io.fleetcompat.cli.process.HostCollectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The hosts that are not this machine: simulated, or a directory that somebody else keeps. */
final class FleetSource {

  private final UpOptions options;
  private final DataDirectory data;
  private final Parts parts;
  private Optional<SimulatedFleet> simulated = Optional.empty();

  FleetSource(UpOptions options, DataDirectory data, Parts parts) {
    this.options = options;
    this.data = data;
    this.parts = parts;
  }

  /** Starts collecting from them; gives how many there are. */
  int start(Progress progress, Started started) throws IOException {
    if (options.simulate.isPresent()) {
      int hosts = options.simulate.get();
      progress.say("simulating " + hosts + " hosts in " + data.simulatedFleet());
      simulated = Optional.of(SimulatedFleet.open(data.simulatedFleet(), hosts, options.seed));
      return collect(data.simulatedFleet(), progress, started);
    }
    if (options.fleet.isPresent()) {
      progress.say("watching the fleet directory " + options.fleet.get());
      return collect(options.fleet.get(), progress, started);
    }
    return 0;
  }

  private int collect(Path directory, Progress progress, Started started) throws IOException {
    HostCollectors collectors = started.add("fleet's collectors", parts.collectors(directory));
    progress.say("collecting from " + collectors.size() + " hosts");
    return collectors.size();
  }

  /** Begins to change the simulated hosts, if that was asked for. */
  void churn(Started started) {
    if (options.churn > 0) {
      started.add("churn", Churn.start(simulated.orElseThrow(), options.churn));
    }
  }
}
