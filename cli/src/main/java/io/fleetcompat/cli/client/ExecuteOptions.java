package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.data.RunningUp;
import io.fleetcompat.cli.execute.PlanExecution;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.settings.Times;
import io.fleetcompat.simulation.FleetBusyException;
import io.fleetcompat.simulation.NotSimulatedException;
import io.fleetcompat.simulation.PlayedFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that have a plan executed, and the fleet on which it is. */
final class ExecuteOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--execute",
      description =
          "Then play the plan on the simulated fleet of the 'fleetcompat up --simulate' that"
              + " serves this API.")
  private boolean asked;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "With --execute: the data directory of that 'fleetcompat up' (default:"
              + " $XDG_DATA_HOME/fleetcompat, or else ~/.local/share/fleetcompat).")
  private Optional<Path> dataDirectory;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "With --execute: wait at most this long until the index shows a step (default:"
              + " ${DEFAULT-VALUE}).")
  private String settle;

  private Optional<PlayedFleet> fleet = Optional.empty();

  private ExecuteOptions() {}

  boolean isAsked() {
    return asked;
  }

  /** Does something while nobody else changes the fleet. */
  Integer holding(Api api, Supplier<Integer> work) {
    patience();
    RunningUp up =
        RunningUp.in(dataDirectory.orElseGet(() -> DataDirectory.byDefault(System.getenv())));
    if (!up.api().equals(api.base().toString())) {
      throw CommandFailure.failed(
          "--execute: expected the API of the fleet in %s, which is %s, found %s: say --api %s"
              .formatted(up.simulatedFleet(), up.api(), api.base(), up.api()));
    }
    try (PlayedFleet held = PlayedFleet.open(up.simulatedFleet())) {
      fleet = Optional.of(held);
      return work.get();
    } catch (FleetBusyException | NotSimulatedException e) {
      throw CommandFailure.failed("--execute: " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "--execute: the simulated fleet cannot be read: " + CommandFailure.why(e));
    }
  }

  /** Executes a plan. */
  void run(Api api, ObjectNode change, int keep, JsonNode plan, PrintWriter out) {
    out.println();
    try {
      new PlanExecution(
              (path, parameters, body) -> api.ask(path, parameters, body).json(),
              fleet.orElseThrow(),
              change,
              keep,
              patience(),
              out)
          .run(plan);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "--execute: the simulated fleet cannot be written: " + CommandFailure.why(e));
    }
  }

  private Duration patience() {
    try {
      return Times.parse(settle);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--settle: " + e.getMessage(), e);
    }
  }
}
