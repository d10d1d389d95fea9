package io.fleetcompat.cli.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.FormatOption;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Yaml;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about the packs in force, or about files of packs. */
abstract class PackQuestion implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin RuleOptions rules;

  @Mixin FormatOption output;

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The pack of that id; one that there is not is not found. */
  static RulePack find(RulePacks packs, String id) {
    return packs
        .find(id)
        .orElseThrow(
            () ->
                CommandFailure.notFound(
                    "expected a rule pack in force, found '%s'; there is: %s"
                        .formatted(
                            id,
                            String.join(", ", packs.all().stream().map(RulePack::id).toList()))));
  }

  /** Prints an answer: for programs, or for people as the command itself does. */
  final void print(JsonNode json, Runnable text) {
    switch (output.format()) {
      case json -> out().println(Printable.document(json.toPrettyString()));
      case yaml -> out().print(Yaml.of(json));
      case text -> text.run();
    }
  }
}
