package io.fleetcompat.cli.alerts;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.cli.output.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that prints the built-in alert rules. */
@Command(
    name = "rules",
    description = "Print the built-in alert rules: a file to begin with.",
    footer = {"%nExample:", "  fleetcompat alerts rules > alerts.yaml"})
public final class AlertRulesPrint implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private AlertRulesPrint() {}

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AlertRules.defaultText());
    return ExitStatus.OK;
  }
}
