package io.fleetcompat.cli.process;

import io.fleetcompat.cli.client.OverrideList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about rules that operators turn off for some pairs. */
@Command(
    name = "override",
    description =
        "Turn one rule off for a pair of profiles, drivers or pools (docs/rules.md, Overrides).",
    subcommands = {OverrideAdd.class, OverrideRemove.class, OverrideList.class})
public final class OverrideCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private OverrideCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "expected one of add, remove and list after override");
  }
}
