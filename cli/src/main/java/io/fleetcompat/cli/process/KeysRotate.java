package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.keys.Generations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that gives hosts another key. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "rotate",
    description =
        "Give hosts another key. The one before counts until an indexer has heard the host with the"
            + " new one; with --now, it counts no more at once, and the host is stale until it has"
            + " the new one. A collector reads a replaced file without a restart.",
    footer = {
      "%nExample:",
      "  fleetcompat keys rotate --now --reason 'hv-1 was broken into' --bootstrap-servers"
          + " kafka:9092 \\",
      "    --fleet-key /etc/fleetcompat/keys/fleet.key --out /etc/fleetcompat/keys/hosts hv-1"
    })
public final class KeysRotate extends KeysChange {

  @Mixin private KeyOutput output;

  @Option(names = "--now", description = "The key before counts no more from now on.")
  private boolean now;

  @Option(names = "--all", description = "Instead of names: all hosts that have a key.")
  private boolean all;

  private KeysRotate() {}

  @Override
  boolean meansAll() {
    return all;
  }

  @Override
  Generations change(String host, Generations before) {
    if (!before.isActive()) {
      throw CommandFailure.notFound(
          "expected a host with a key, found %s, which has none: 'keys add' gives it one"
              .formatted(host));
    }
    return now ? before.rotated().newestAlone() : before.rotated();
  }

  @Override
  void prepare() {
    output.prepare();
  }

  @Override
  String finish(String host, Generations after) {
    return "rotated %s to generation %d: %s"
        .formatted(host, after.newest(), output.write(host, after.newest()));
  }
}
