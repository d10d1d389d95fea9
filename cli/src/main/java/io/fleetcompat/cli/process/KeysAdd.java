package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.keys.Generations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command that gives hosts their first key, or a new one after theirs was revoked. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "add",
    description = "Give hosts a key that have none: write it to a file, and register it.",
    footer = {
      "%nExample:",
      "  fleetcompat keys add --bootstrap-servers kafka:9092 --fleet-key"
          + " /etc/fleetcompat/keys/fleet.key \\",
      "    --out /etc/fleetcompat/keys/hosts hv-1 hv-2"
    })
public final class KeysAdd extends KeysChange {

  @Mixin private KeyOutput output;

  private KeysAdd() {}

  @Override
  Generations change(String host, Generations before) {
    if (before.isActive()) {
      throw CommandFailure.failed(
          "expected a host without a key, found %s with the generation %d: 'keys rotate' gives it another"
              .formatted(host, before.newest()));
    }
    return before.rotated();
  }

  @Override
  void prepare() {
    output.prepare();
  }

  @Override
  String finish(String host, Generations after) {
    return "added " + host + ": " + output.write(host, after.newest());
  }
}
