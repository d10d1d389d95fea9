package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.AuditOptions.AuditFormat;
import io.fleetcompat.cli.output.ChangeText;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.ShellWord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that tells in words what has changed on one host. */
@Command(
    name = "host",
    description = "Tell what has changed on a host, the oldest first, by day and time (UTC).",
    footer = {"%nExample:", "  fleetcompat audit host compute-17 --since 24h"})
public final class AuditHost implements Callable<Integer> {

  /** Most changes that are told. */
  private static final int MOST = 10_000;

  private static final int DAY_LENGTH = "2026-11-26".length();
  private static final int TIME_LENGTH = "2026-11-26T10:04".length();

  @Spec private CommandSpec spec;

  @Mixin private AuditOptions options;

  @Parameters(paramLabel = "HOST", description = "The host.")
  private String host;

  private AuditHost() {}

  @Override
  public Integer call() {
    Map<String, Optional<String>> parameters = options.parameters();
    parameters.put("host", Optional.of(host));
    ChangePages pages = new ChangePages(options.api(), parameters);
    PrintWriter out = spec.commandLine().getOut();
    if (options.format == AuditFormat.text) {
      text(pages, out);
    } else {
      AuditChanges.print(options.format, pages, MOST, out);
    }
    if (pages.hasMore()) {
      out.flush();
      spec.commandLine()
          .getErr()
          .println("fleetcompat: these are the newest " + MOST + "; --until shows older ones");
    }
    return ExitStatus.OK;
  }

  private void text(ChangePages pages, PrintWriter out) {
    List<JsonNode> changes = new ArrayList<>();
    pages.forEach(MOST, changes::add);
    if (changes.isEmpty()) {
      out.println(
          Printable.line(
              "no changes of host %s from %s to %s"
                  .formatted(
                      host,
                      pages.last().path("since").asText("?"),
                      pages.last().path("until").asText("?"))));
    }
    String day = "";
    for (JsonNode change : changes.reversed()) {
      String at = change.path("at").asText("");
      if (!part(at, 0, DAY_LENGTH).equals(day)) {
        day = part(at, 0, DAY_LENGTH);
        out.println(Printable.line(day));
      }
      String what = ChangeText.of(change);
      out.println(
          Printable.line(
              "  %s  %s%s%s"
                  .formatted(
                      part(at, DAY_LENGTH + 1, TIME_LENGTH),
                      ofWhom(change),
                      ChangeText.causes(change),
                      what.isEmpty() ? "" : ": " + what)));
    }
    changes.reversed().stream()
        .flatMap(change -> claim(change).stream())
        .distinct()
        .forEach(claim -> out.println(Printable.line(claim)));
    ChangeText.printGaps(pages.last(), out);
  }

  /** The host of a change where it is another: one that had the name of this one before. */
  private String ofWhom(JsonNode change) {
    String name = change.path("name").asText(host);
    return name.equals(host) ? "" : "host " + name + ": ";
  }

  /** The words of a change that is a renaming: whose claim it is, and how to see the other name. */
  private Optional<String> claim(JsonNode change) {
    if (change.path("causes").valueStream().noneMatch(c -> c.asText().equals("host-renamed"))) {
      return Optional.empty();
    }
    return change
        .path("values")
        .valueStream()
        .filter(value -> value.path("name").asText().equals("host"))
        .map(value -> claim(value.path("from").asText(), value.path("to").asText()))
        .findFirst();
  }

  private String claim(String from, String to) {
    String other = to.equals(host) ? from : to;
    return "The collector of %s says that it was %s (nobody has checked it): %s%s"
        .formatted(
            to,
            from,
            other.startsWith("-") ? "fleetcompat audit host -- " : "fleetcompat audit host ",
            ShellWord.of(other));
  }

  /** A part of a time that an API gave; nobody knows how long it is. */
  private static String part(String at, int begin, int end) {
    return at.length() < end ? at : at.substring(begin, end);
  }
}
