package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command that shows every rule of a verdict, with both values and where the rule is written;
 * or the rule that a message of QEMU, libvirt or the kernel speaks of.
 */
@Command(
    name = "explain",
    description =
        "Say why SOURCE may go to DESTINATION or not: every rule, with both values and where the"
            + " rule is written. Exit status 0: yes; 3: no; 4: unknown. With --message, say which"
            + " rule a message of QEMU, libvirt or the kernel speaks of; exit status 4: it is not"
            + " known.",
    footer = {
      "%nExamples:",
      "  fleetcompat explain host-1/0000:00:02.0/i915-GVTg_V5_4 host-2/0000:00:02.0/i915-GVTg_V5_4",
      "  fleetcompat explain --message '0000:3b:00.4: VFIO migration is not supported in kernel'",
      "  journalctl -k -n 200 | fleetcompat explain --message -"
    })
public final class Explain extends PairQuestion {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "The source endpoint: HOST/DEVICE or HOST/PARENT/TYPE.")
  private Optional<String> source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DESTINATION",
      description = "The destination endpoint: HOST/DEVICE or HOST/PARENT/TYPE.")
  private Optional<String> destination;

  @Option(
      names = "--message",
      arity = "0..1",
      fallbackValue = MessageAnswer.STDIN,
      paramLabel = "TEXT",
      description =
          "Look a message up, or a log of several lines, in place of a pair; - or nothing: what is"
              + " on standard input. No API is asked.")
  private Optional<String> message;

  private Explain() {}

  @Override
  public Integer call() {
    if (message.isPresent()) {
      if (source.isPresent() || destination.isPresent()) {
        throw CommandFailure.usage("--message: expected it in place of SOURCE and DESTINATION");
      }
      if (options.watch) {
        throw CommandFailure.usage("--message: expected it without --watch: its answer stays");
      }
      return MessageAnswer.of(message.get()).print(options.format(), spec.commandLine().getOut());
    }
    if (source.isEmpty() || destination.isEmpty()) {
      throw CommandFailure.usage("expected SOURCE and DESTINATION, or --message; found neither");
    }
    return super.call();
  }

  @Override
  String source() {
    return source.orElse("");
  }

  @Override
  String path() {
    return "/v1/explain";
  }

  @Override
  String destination() {
    return destination.orElse("");
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    super.describe(answer, out);
    out.println();
    Table table =
        Table.of("OUTCOME", "RULE", "FACET", "ATTRIBUTE", "SOURCE", "DESTINATION", "ORIGIN");
    for (JsonNode rule : answer.path("rules")) {
      table.row(
          rule.path("outcome").asText("-"),
          rule.path("rule").asText("-"),
          rule.path("facet").asText("-"),
          rule.path("attribute").asText("-"),
          rule.path("source").asText("-"),
          rule.path("destination").asText("-"),
          rule.path("origin").asText("-"));
    }
    table.print(out);
    drivers(answer, out);
    out.println();
    profile("source", answer.path("sourceProfile"), out);
    profile("destination", answer.path("destinationProfile"), out);
  }

  /** The hosts that were asked where only a driver can tell, and their answers. */
  private static void drivers(JsonNode answer, PrintWriter out) {
    for (JsonNode rule : answer.path("rules")) {
      if (rule.path("rule").asText().equals("opaque-rejected")) {
        out.println();
        out.println(Printable.line(rule.path("detail").asText()));
      }
    }
  }

  private static void profile(String role, JsonNode profile, PrintWriter out) {
    out.println(
        Printable.line(
            role + " profile: " + profile.path("id").asText(profile.path("profile").asText("-"))));
  }
}
