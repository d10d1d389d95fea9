package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.keys.Generations;
import picocli.CommandLine.Command;

/** The command that takes hosts' keys away. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "revoke",
    description =
        "Take hosts' keys away: nothing that is marked with them counts any more, and the hosts are"
            + " stale at once.",
    footer = {
      "%nExample:",
      "  fleetcompat keys revoke --reason 'taken out of service' --bootstrap-servers kafka:9092"
          + " hv-1"
    })
public final class KeysRevoke extends KeysChange {

  private KeysRevoke() {}

  @Override
  Generations change(String host, Generations before) {
    if (!before.isActive()) {
      throw CommandFailure.notFound(
          "expected a host with a key ('keys list' shows them), found %s, which has none"
              .formatted(host));
    }
    return before.withdrawn();
  }

  @Override
  String finish(String host, Generations after) {
    return "revoked " + host;
  }
}
