package io.fleetcompat.cli.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about what has changed. */
@Command(
    name = "audit",
    description =
        "Show what has changed, when and why (docs/audit.md). Needs an API with a history:"
            + " 'fleetcompat up', or 'serve' with history-directory.",
    subcommands = {
      AuditChanges.class,
      AuditHost.class,
      AuditUpgrades.class,
      AuditDiff.class,
      AuditOutcomes.class,
      AuditReport.class
    })
public final class AuditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private AuditCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "expected one of changes, host, upgrades, diff, outcomes and report after audit");
  }
}
