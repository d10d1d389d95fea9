package io.fleetcompat.cli.rules;

import picocli.CommandLine.Command;

/** The commands about rule packs. */
@Command(
    name = "rules",
    description = "List, show, check, test and explain rule packs (docs/rule-packs.md).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RulesList.class,
      RulesShow.class,
      RulesExplain.class,
      RulesCheck.class,
      RulesTest.class
    },
    footer = {
      "%nExamples:",
      "  fleetcompat rules list",
      "  fleetcompat rules check /etc/fleetcompat/rules.d"
    })
public final class RulesCommand {

  private RulesCommand() {}
}
