package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.keys.Generations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that takes hosts' keys away. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "revoke",
    description =
        "Take hosts' keys away: nothing that is marked with them counts any more, and the hosts are"
            + " stale at once. With --remove, they leave the index.",
    footer = {
      "%nExample:",
      "  fleetcompat keys revoke --remove --reason 'taken out of service' --bootstrap-servers"
          + " kafka:9092 hv-1"
    })
public final class KeysRevoke extends KeysChange {

  @Option(
      names = "--remove",
      description =
          "Remove the hosts from the index as well, also those whose key was revoked before.")
  private boolean remove;

  private KeysRevoke() {}

  @Override
  Generations change(String host, Generations before) {
    if (remove && before.revoked() && !before.removed()) {
      return before.outOfService();
    }
    if (!before.isActive()) {
      throw CommandFailure.notFound(
          "expected a host with a key ('keys list' shows them), found %s, which has none"
              .formatted(host));
    }
    return remove ? before.outOfService() : before.withdrawn();
  }

  @Override
  String finish(String host, Generations after) {
    return (remove ? "revoked and removed " : "revoked ") + host;
  }
}
