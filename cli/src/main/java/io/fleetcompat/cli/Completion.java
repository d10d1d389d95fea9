package io.fleetcompat.cli;

import io.fleetcompat.cli.output.ExitStatus;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that prints a completion script for a shell. */
@Command(
    name = "completion",
    subcommands = CompletedNames.class,
    description = {
      "Print a completion script. In bash: source <(fleetcompat completion bash)",
      "It completes commands, options, and, where an API answers, names of hosts and endpoints."
    })
final class Completion implements Callable<Integer> {

  /**
   * What is laid over picocli's function: where that has nothing to say, the names of the API. The
   * word is taken from the line, since bash breaks words at the colons of PCI addresses, and what
   * stands before the last colon is not repeated.
   */
  private static final String NAMES =
      """

      function _complete_fleetcompat_names() {
        _complete_fleetcompat "$@"
        local line="${COMP_LINE:0:COMP_POINT}" api=() kind=()
        local word="${line##*[[:space:]]}"
        if [[ ${#COMPREPLY[@]} -gt 0 || "$word" == -* ]]; then return; fi
        case "${COMP_WORDS[1]}" in
          check|explain|destinations|outcome) kind=(--endpoints) ;;
          hosts|drain|forget) ;;
          audit) if [[ "${COMP_WORDS[2]}" != host ]]; then return; fi ;;
          *) return ;;
        esac
        if [[ "$line" =~ --api[=[:space:]]+([^[:space:]]+) ]]; then api=(--api "${BASH_REMATCH[1]}"); fi
        local IFS=$'\\n' before=""
        if [[ "$COMP_WORDBREAKS" == *:* ]]; then before="${word%"${word##*:}"}"; fi
        COMPREPLY=($("$1" completion names "${kind[@]}" "${api[@]}" -- "$word" 2>/dev/null))
        if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == */ ]]; then compopt -o nospace 2>/dev/null; fi
        COMPREPLY=("${COMPREPLY[@]#"$before"}")
      }
      complete -F _complete_fleetcompat_names -o default fleetcompat fleetcompat.sh fleetcompat.bash
      """;

  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "bash|zsh", description = "The shell.")
  private Optional<Shell> shell = Optional.empty();

  private Completion() {}

  @Override
  public Integer call() {
    if (shell.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'bash|zsh', the shell");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (shell.get() == Shell.zsh) {
      out.println("autoload -U +X compinit && compinit");
    }
    out.print(AutoComplete.bash("fleetcompat", spec.root().commandLine()));
    out.print(NAMES);
    return ExitStatus.OK;
  }
}
