package io.fleetcompat.cli.up;

import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.process.DeadThreads;
import io.fleetcompat.cli.process.KafkaPorts;
import io.fleetcompat.cli.process.QuietJavaLogging;
import io.fleetcompat.cli.signal.StopSignal;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that runs the whole system on one machine. */
@Command(
    name = "up",
    description =
        "Run everything on this machine: Kafka, indexer, query API and collectors. Ctrl-C stops all"
            + " of it (exit status 0). Run the same command again to continue.",
    footer = {
      "%nExamples:",
      "  fleetcompat up --simulate 200 --churn 5",
      "  fleetcompat up --fleet /srv/fleet --no-local"
    })
public final class Up implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private UpOptions options;

  private Up() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    validate();
    Progress progress = new Progress(spec.commandLine().getOut());
    StopSignal stop = StopSignal.listen();
    int status = ExitStatus.FAILED;
    try (DataDirectory data = DataDirectory.open(options.dataDirectory())) {
      logInto(data);
      validateKafka();
      run(new Session(options, data, progress, stop, DeadThreads.watch()));
      status = ExitStatus.OK;
    } finally {
      stop.stopped(status);
    }
    return status;
  }

  private static void run(Session session) throws IOException, InterruptedException {
    try {
      if (session.start()) {
        session.show();
        session.run();
      }
    } finally {
      session.stop();
    }
  }

  private void validate() {
    if (options.simulate.isPresent() && options.fleet.isPresent()) {
      throw CommandFailure.usage("expected --simulate or --fleet, found both: choose one");
    }
    if (options.fleet.isPresent() && !Files.isDirectory(options.fleet.get())) {
      throw CommandFailure.failed(
          "expected --fleet to be a directory DIR/HOST/sys, found none at " + options.fleet.get());
    }
    int most = SimulatedFleet.MAX_HOSTS;
    options.simulate.ifPresent(
        hosts -> require(hosts >= 1 && hosts <= most, "--simulate", "1 to " + most, hosts));
    require(options.churn >= 0 && options.churn <= 1000, "--churn", "0 to 1000", options.churn);
    if (options.churn > 0 && options.simulate.isEmpty()) {
      throw CommandFailure.usage("--churn changes a simulated fleet: give --simulate N too");
    }
    for (int port : new int[] {options.httpPort, options.kafkaPort, options.controllerPort()}) {
      require(port >= 1 && port <= 65535, "a port", "1 to 65535", port);
    }
    requireDifferentPorts();
    options.requireFormOfKafka();
    try {
      options.policies.forEach(Policy::parse);
      new Topics(options.topicPrefix, options.hostPartitions(), options.replicationFactor);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** Kafka's classes make loggers: this comes after the log has its place. */
  private void validateKafka() {
    Map<String, String> kafka = options.kafka();
    options.bootstrapServers.ifPresent(servers -> new KafkaPorts(servers).refuseTls(kafka));
  }

  private void requireDifferentPorts() {
    List<Integer> ports =
        options.bootstrapServers.isPresent()
            ? List.of(options.httpPort)
            : List.of(options.httpPort, options.kafkaPort, options.controllerPort());
    require(
        Set.copyOf(ports).size() == ports.size(),
        "--http-port, --kafka-port and --kafka-controller-port",
        "different numbers",
        ports);
  }

  private static void require(boolean holds, String what, String expected, Object found) {
    if (!holds) {
      throw CommandFailure.usage("expected %s of %s, found %s".formatted(what, expected, found));
    }
  }

  /**
   * Sends the log to its file. Called before the first logger is made: the terminal is for
   * progress.
   */
  private static void logInto(DataDirectory data) {
    QuietJavaLogging.warningsOnly();
    System.setProperty("fleetcompat.log", data.log().toString());
    System.setProperty("logback.configurationFile", "io/fleetcompat/cli/up-logback.xml");
    Logger log = LoggerFactory.getLogger(Up.class);
    log.info("up in {}", data.path());
  }
}
