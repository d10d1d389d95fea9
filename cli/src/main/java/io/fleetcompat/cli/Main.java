package io.fleetcompat.cli;

import io.fleetcompat.cli.client.AlertsCommand;
import io.fleetcompat.cli.client.AuditCommand;
import io.fleetcompat.cli.client.BaselineCommand;
import io.fleetcompat.cli.client.Check;
import io.fleetcompat.cli.client.DestinationsCommand;
import io.fleetcompat.cli.client.DrainCommand;
import io.fleetcompat.cli.client.Explain;
import io.fleetcompat.cli.client.Health;
import io.fleetcompat.cli.client.HostsCommand;
import io.fleetcompat.cli.client.OutcomeCommand;
import io.fleetcompat.cli.client.PlanCommand;
import io.fleetcompat.cli.client.PoolsCommand;
import io.fleetcompat.cli.client.ProfilesCommand;
import io.fleetcompat.cli.client.Status;
import io.fleetcompat.cli.client.WatchCommand;
import io.fleetcompat.cli.client.WhatIfCommand;
import io.fleetcompat.cli.compare.Compare;
import io.fleetcompat.cli.inspect.Inspect;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.StandardOutput;
import io.fleetcompat.cli.process.AclsCommand;
import io.fleetcompat.cli.process.Collect;
import io.fleetcompat.cli.process.ForgetCommand;
import io.fleetcompat.cli.process.Index;
import io.fleetcompat.cli.process.KeysCommand;
import io.fleetcompat.cli.process.OverrideCommand;
import io.fleetcompat.cli.process.RebuildCommand;
import io.fleetcompat.cli.process.RejectedCommand;
import io.fleetcompat.cli.process.Serve;
import io.fleetcompat.cli.process.TopicsCommand;
import io.fleetcompat.cli.rules.RulesCommand;
import io.fleetcompat.cli.simulate.Simulate;
import io.fleetcompat.cli.up.Up;
import io.fleetcompat.cli.verify.Verify;
import io.fleetcompat.settings.Secrets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code fleetcompat}. */
@Command(
    name = "fleetcompat",
    description = "Tells which device can live-migrate where, across a whole fleet.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Up.class,
      Inspect.class,
      Compare.class,
      Check.class,
      DestinationsCommand.class,
      Explain.class,
      HostsCommand.class,
      PoolsCommand.class,
      DrainCommand.class,
      WhatIfCommand.class,
      PlanCommand.class,
      BaselineCommand.class,
      OutcomeCommand.class,
      AuditCommand.class,
      AlertsCommand.class,
      WatchCommand.class,
      ProfilesCommand.class,
      Status.class,
      RulesCommand.class,
      Collect.class,
      Index.class,
      Serve.class,
      TopicsCommand.class,
      AclsCommand.class,
      RejectedCommand.class,
      RebuildCommand.class,
      OverrideCommand.class,
      KeysCommand.class,
      ForgetCommand.class,
      Health.class,
      Simulate.class,
      Verify.class,
      Completion.class,
    },
    exitCodeListHeading = "%nExit statuses:%n",
    exitCodeList = {
      "0:yes, or done",
      "1:failed",
      "2:wrong usage",
      "3:incompatible, or a finding",
      "4:unknown",
      "5:not found",
      "6:too stale",
      "7:carried out, and not as expected",
      "8:compatible, and nothing is free there",
      "137:killed; or its memory was used up"
    })
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(out.checked(run(out.writer(), err, arguments), err));
  }

  /** Runs a command; gives its exit status. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    int status = commandLine().setOut(out).setErr(err).execute(arguments);
    out.flush();
    err.flush();
    return status;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Main::wrongUsage);
    line.setExecutionExceptionHandler(Main::failed);
    return line;
  }

  private static int wrongUsage(ParameterException problem, String[] arguments) {
    CommandLine line = problem.getCommandLine();
    PrintWriter err = line.getErr();
    String message = Secrets.removedFrom(String.valueOf(problem.getMessage()), secrets(arguments));
    err.println("fleetcompat: " + Printable.line(message));
    UnmatchedArgumentException.printSuggestions(problem, err);
    err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
  }

  /**
   * The secrets among the arguments: picocli's messages show what they do not understand. Such is
   * the end of {@code password=x}, and of {@code --misspelt=sasl.jaas.config=x}.
   */
  private static Map<String, String> secrets(String... arguments) {
    Map<String, String> secrets = new HashMap<>();
    for (String argument : arguments) {
      int end = argument.indexOf('=');
      while (end >= 0 && !Secrets.isSecret(argument.substring(0, end))) {
        end = argument.indexOf('=', end + 1);
      }
      if (end >= 0) {
        secrets.put(argument.substring(0, end), argument.substring(end + 1));
      }
    }
    return secrets;
  }

  private static int failed(Exception problem, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (problem instanceof CommandFailure failure) {
      line.getErr()
          .println("fleetcompat: " + Printable.document(String.valueOf(failure.getMessage())));
      return failure.status();
    }
    throw problem;
  }
}
