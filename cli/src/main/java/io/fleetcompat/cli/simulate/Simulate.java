package io.fleetcompat.cli.simulate;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that writes a simulated fleet. */
@Command(
    name = "simulate",
    description =
        "Write the sysfs trees of a simulated fleet into a directory. If a fleet is there, add or"
            + " remove hosts until it has N. The same seed writes the same fleet.",
    footer = {"%nExample:", "  fleetcompat simulate --hosts 20 /tmp/fleet"})
public final class Simulate implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "The fleet directory; it is created if it is missing.")
  private Path directory;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      defaultValue = "20",
      description = "The number of hosts (default: ${DEFAULT-VALUE}).")
  private int hosts;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "The seed of the fleet's random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Then make N changes: drivers are upgraded, devices and hosts come and go.")
  private int changes;

  @Option(
      names = "--force",
      description = "Write into a directory that has other things and is no fleet, too.")
  private boolean force;

  private Simulate() {}

  @Override
  public Integer call() {
    if (hosts < 0 || hosts > SimulatedFleet.MAX_HOSTS || changes < 0) {
      throw CommandFailure.usage(
          "expected 0 to %d hosts and 0 or more changes, found %d and %d"
              .formatted(SimulatedFleet.MAX_HOSTS, hosts, changes));
    }
    try {
      if (!force) {
        FleetRoom.require(directory);
      }
      SimulatedFleet fleet = SimulatedFleet.open(directory, hosts, seed);
      for (int i = 0; i < changes; i++) {
        fleet.change();
      }
      spec.commandLine().getOut().println(fleet.hosts().size() + " hosts in " + directory);
      return ExitStatus.OK;
    } catch (IOException e) {
      throw CommandFailure.failed("writing the fleet failed: " + CommandFailure.why(e));
    }
  }
}
