package io.fleetcompat.cli.alerts;

import io.fleetcompat.alerts.AlertRuleFile;
import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.YamlText;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that looks for everything that is wrong with a file of alert rules. */
@Command(
    name = "check",
    description =
        "Look for everything that is wrong with a file of alert rules and silences, as the indexer"
            + " would refuse it. Exit status 3: something is wrong.",
    footer = {"%nExample:", "  fleetcompat alerts check alerts.yaml"})
public final class AlertRulesCheck implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1", paramLabel = "FILE", description = "A file of alert rules.")
  private Path file;

  private AlertRulesCheck() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      AlertRules rules = AlertRuleFile.parse(file.toString(), YamlText.of(file));
      out.println(
          "%d rules and %d silences: nothing is wrong with them"
              .formatted(rules.rules().size(), rules.silences().size()));
      return ExitStatus.OK;
    } catch (BadYamlException e) {
      e.problems().forEach(problem -> out.println(Printable.line(problem.toString())));
      return ExitStatus.INCOMPATIBLE;
    }
  }
}
