package io.fleetcompat.cli;

import io.fleetcompat.cli.client.Check;
import io.fleetcompat.cli.client.Destinations;
import io.fleetcompat.cli.client.Explain;
import io.fleetcompat.cli.client.Health;
import io.fleetcompat.cli.client.Hosts;
import io.fleetcompat.cli.client.Pools;
import io.fleetcompat.cli.client.Profiles;
import io.fleetcompat.cli.client.Status;
import io.fleetcompat.cli.compare.Compare;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.process.Collect;
import io.fleetcompat.cli.process.Index;
import io.fleetcompat.cli.process.RejectedCommand;
import io.fleetcompat.cli.process.Serve;
import io.fleetcompat.cli.process.TopicsCommand;
import io.fleetcompat.cli.simulate.Simulate;
import io.fleetcompat.cli.up.Up;
import io.fleetcompat.cli.verify.Verify;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Up.class,
      Compare.class,
      Check.class,
      Destinations.class,
      Explain.class,
      Hosts.class,
      Pools.class,
      Profiles.class,
      Status.class,
      Collect.class,
      Index.class,
      Serve.class,
      TopicsCommand.class,
      RejectedCommand.class,
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
      "6:too stale"
    })
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments));
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
    err.println("fleetcompat: " + Printable.line(String.valueOf(problem.getMessage())));
    UnmatchedArgumentException.printSuggestions(problem, err);
    err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
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

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
