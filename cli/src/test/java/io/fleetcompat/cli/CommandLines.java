package io.fleetcompat.cli;

import java.util.List;
import picocli.CommandLine;

/** The real command line, parsed but not run. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * @throws CommandLine.ParameterException for anything that the command line does not take
   */
  public static CommandLine.ParseResult parse(List<String> words) {
    return Main.commandLine().parseArgs(words.toArray(String[]::new));
  }
}
