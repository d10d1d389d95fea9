package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.client.AuditOptions.AuditFormat;
import io.fleetcompat.cli.output.ChangeText;
import io.fleetcompat.cli.output.Csv;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.cli.output.Terminal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that lists what has changed. */
@Command(
    name = "changes",
    description = "List what has changed, the newest first.",
    footer = {
      "%nExamples:",
      "  fleetcompat audit changes --since 7d --cause driver-upgrade",
      "  fleetcompat audit changes --pool gold --since 2026-11-26T08:00:00Z --all -o csv"
    })
public final class AuditChanges implements Callable<Integer> {

  /** The changes that a terminal is given. */
  private static final long PAGE = 100;

  @Spec private CommandSpec spec;

  @Mixin private AuditOptions options;

  @Option(names = "--host", paramLabel = "HOST", description = "Return only changes of this host.")
  private Optional<String> host;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "Return only changes of this pool, and those of others that concern it.")
  private Optional<String> pool;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Return only changes of this endpoint, or of one below it.")
  private Optional<String> device;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Return at most N changes (default: on a terminal 100, through a pipe or into a file"
              + " all).")
  private Optional<Long> limit;

  @Option(names = "--all", description = "Return all of them on a terminal, too.")
  private boolean all;

  private AuditChanges() {}

  @Override
  public Integer call() {
    if (limit.isPresent() && (all || limit.get() < 1)) {
      throw new ParameterException(
          spec.commandLine(),
          all
              ? "expected --all or --limit, found both: choose one"
              : "expected --limit of at least 1, found " + limit.get());
    }
    Map<String, Optional<String>> parameters = options.parameters();
    parameters.put("host", host);
    parameters.put("pool", pool);
    parameters.put("device", device);
    ChangePages pages = new ChangePages(options.api(), parameters);
    long usual = all || !Terminal.isThere() ? Long.MAX_VALUE : PAGE;
    print(options.format, pages, limit.orElse(usual), spec.commandLine().getOut());
    if (pages.hasMore()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("fleetcompat: there are more: --all, or a larger --limit, lists them");
      err.flush();
    }
    return ExitStatus.OK;
  }

  static void print(AuditFormat format, ChangePages pages, long most, PrintWriter out) {
    switch (format) {
      case text -> text(pages, most, out);
      case json -> json(pages, most, out);
      case csv -> csv(pages, most, out);
    }
  }

  private static void text(ChangePages pages, long most, PrintWriter out) {
    Table table = Table.of("TIME", "WHAT", "CAUSES", "CHANGE");
    long[] listed = {0};
    pages.forEach(
        most,
        change -> {
          listed[0]++;
          table.row(
              change.path("at").asText("-"),
              change.path("kind").asText("?") + "/" + change.path("name").asText("?"),
              ChangeText.causes(change),
              ChangeText.of(change));
        });
    if (listed[0] == 0) {
      out.println(
          Printable.line(
              "no changes from %s to %s"
                  .formatted(
                      pages.last().path("since").asText("?"),
                      pages.last().path("until").asText("?"))));
    } else {
      table.print(out);
    }
    ChangeText.printGaps(pages.last(), out);
  }

  /** As one document, printed while it is read: there may be very many. */
  private static void json(ChangePages pages, long most, PrintWriter out) {
    String[] separator = {"{\"changes\":["};
    pages.forEach(
        most,
        change -> {
          out.print(separator[0]);
          out.print(Printable.document(change.toString()));
          separator[0] = ",";
        });
    out.print(separator[0].equals(",") ? "]" : separator[0] + "]");
    if (pages.last() instanceof ObjectNode page) {
      page.properties().stream()
          .filter(member -> !member.getKey().equals("changes"))
          .forEach(
              member ->
                  out.print(
                      Printable.document(",\"" + member.getKey() + "\":" + member.getValue())));
    }
    out.println("}");
  }

  private static void csv(ChangePages pages, long most, PrintWriter out) {
    Csv csv = new Csv(out);
    csv.row("at", "kind", "name", "causes", "change", "pools", "epoch", "sequence", "trigger");
    pages.forEach(
        most,
        change ->
            csv.row(
                change.path("at").asText(""),
                change.path("kind").asText(""),
                change.path("name").asText(""),
                words(change.path("causes")),
                ChangeText.of(change),
                words(change.path("pools")),
                change.path("document").path("epoch").asText(""),
                change.path("document").path("sequence").asText(""),
                change.hasNonNull("trigger") ? change.path("trigger").asText() : ""));
  }

  private static String words(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).collect(Collectors.joining(" "));
  }
}
