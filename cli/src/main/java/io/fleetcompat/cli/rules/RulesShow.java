package io.fleetcompat.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.compatibility.cases.PackCases;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that prints the file of a rule pack in force. */
@Command(
    name = "show",
    description = "Print the file of a rule pack in force as it is, with its comments.",
    footer = {
      "%nExamples:",
      "  fleetcompat rules show nvidia-mdev > rules.d/nvidia-mdev.yaml",
      "  fleetcompat rules show nvidia-mdev --cases > cases/nvidia-mdev.yaml"
    })
final class RulesShow extends PackQuestion {

  @Parameters(paramLabel = "PACK", description = "The id of a pack, as 'rules list' has it.")
  private String pack;

  @Option(
      names = "--cases",
      description = "Print the cases that fleetcompat itself tests its pack of this id with.")
  private boolean cases;

  private RulesShow() {}

  @Override
  public Integer call() {
    RulePacks packs = rules.packs();
    RulePack found = find(packs, pack);
    if (cases) {
      if (RulePacks.builtIn().find(pack).isEmpty()) {
        throw CommandFailure.notFound("expected a built-in pack, found '" + pack + "'");
      }
      out().print(Printable.document(PackCases.builtIn(pack)));
    } else {
      print(parse(found.content()), () -> out().print(Printable.document(packs.textOf(found))));
    }
    return ExitStatus.OK;
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the reader wrote this JSON itself", e);
    }
  }
}
