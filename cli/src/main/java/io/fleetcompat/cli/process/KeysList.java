package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Values;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that lists the keys that are registered. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "list",
    description = "List the hosts that have, or had, a key. No secret is shown: nobody keeps one.",
    footer = {
      "%nExamples:",
      "  fleetcompat keys list --bootstrap-servers kafka:9092",
      "  fleetcompat keys list --json --bootstrap-servers kafka:9092 > keys.json"
    })
public final class KeysList extends KafkaCommand {

  @Mixin private KeyTopicOptions options;

  @Option(names = "--json", description = "As JSON, which 'keys restore' reads: keep a copy of it.")
  private boolean json;

  private KeysList() {}

  @Override
  Catalogue catalogue() {
    return KeyTopicOptions.CATALOGUE;
  }

  @Override
  int ask(Values values) {
    try {
      SortedMap<String, Optional<RegisteredKey>> keys = options.topic(values).read();
      PrintWriter out = spec().commandLine().getOut();
      if (json) {
        out.println(SavedKeys.write(keys));
      } else {
        print(keys, out);
      }
    } catch (KafkaException e) {
      throw failure("the keys could not be read", e, values);
    }
    return ExitStatus.OK;
  }

  private static void print(SortedMap<String, Optional<RegisteredKey>> keys, PrintWriter out) {
    if (keys.isEmpty()) {
      out.println("no keys");
      return;
    }
    Table table = Table.of("HOST", "STATE", "GENERATIONS", "SINCE", "REASON");
    keys.forEach(
        (host, key) ->
            key.ifPresentOrElse(
                known ->
                    table.row(
                        host,
                        state(known),
                        generations(known),
                        known.getAt().toString(),
                        known.getReason().isEmpty() ? "-" : known.getReason()),
                () -> table.row(host, "unreadable", "-", "-", "-")));
    table.print(out);
  }

  private static String state(RegisteredKey key) {
    if (key.getRemoved()) {
      return "removed";
    }
    return key.getRevoked() ? "revoked" : "active";
  }

  private static String generations(RegisteredKey key) {
    return key.getOldest() == key.getNewest()
        ? String.valueOf(key.getNewest())
        : key.getOldest() + " to " + key.getNewest();
  }
}
