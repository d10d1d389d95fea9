package io.fleetcompat.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that prints a completion script for a shell. */
@Command(
    name = "completion",
    description = "Print a completion script. In bash: source <(fleetcompat completion bash)")
final class Completion implements Callable<Integer> {

  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell;

  private Completion() {}

  @Override
  public Integer call() {
    if (shell == Shell.zsh) {
      spec.commandLine().getOut().println("autoload -U +X compinit && compinit");
    }
    spec.commandLine().getOut().print(AutoComplete.bash("fleetcompat", spec.root().commandLine()));
    return 0;
  }
}
