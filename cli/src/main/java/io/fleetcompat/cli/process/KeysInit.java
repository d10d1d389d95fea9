package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.KeyFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that makes the key of a fleet. */
@Command(
    name = "init",
    description = {
      "Make the key of a fleet: DIR/fleet.key for indexers and for 'keys add', and DIR/api.key for"
          + " query APIs, which cannot mark documents. Only their owner may read them.",
      "A fleet key that is there is not overwritten: all keys of hosts are derived from it."
    },
    footer = {"%nExample:", "  fleetcompat keys init /etc/fleetcompat/keys"})
public final class KeysInit implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The directory; it is made where it is missing.")
  private Path directory;

  private KeysInit() {}

  @Override
  public Integer call() {
    Path fleet = directory.resolve("fleet.key");
    Path api = directory.resolve("api.key");
    FleetKey key = FleetKey.random(new SecureRandom());
    try {
      KeyFile.write(fleet, key);
      KeyFile.write(api, key.heartbeats());
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.failed(
          "expected no fleet key in %s, found one; it stays as it is".formatted(directory));
    } catch (IOException e) {
      throw CommandFailure.failed("the keys could not be written: " + CommandFailure.why(e));
    }
    for (Path each : new Path[] {fleet, api}) {
      spec.commandLine().getOut().println(Printable.line("wrote " + each));
    }
    return ExitStatus.OK;
  }
}
