package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.AuditOptions.AuditFormat;
import io.fleetcompat.cli.output.ChangeText;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    if (pages.hasMore()) {
      out.println("These are the newest " + MOST + "; ask for less time to see older ones.");
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
        .flatMap(change -> otherName(change).stream())
        .distinct()
        .forEach(
            name ->
                out.println(
                    Printable.line(
                        "Its collector says that it is the same machine: fleetcompat audit host "
                            + name)));
    ChangeText.printGaps(pages.last(), out);
  }

  /** The host of a change where it is another: one that had the name of this one before. */
  private String ofWhom(JsonNode change) {
    String name = change.path("name").asText(host);
    return name.equals(host) ? "" : "host " + name + ": ";
  }

  /** The other name in a change that is a renaming. */
  private Optional<String> otherName(JsonNode change) {
    if (change.path("causes").valueStream().noneMatch(c -> c.asText().equals("host-renamed"))) {
      return Optional.empty();
    }
    return change
        .path("values")
        .valueStream()
        .filter(value -> value.path("name").asText().equals("host"))
        .flatMap(value -> Stream.of(value.path("from").asText(), value.path("to").asText()))
        .filter(name -> !name.equals(host))
        .findFirst();
  }

  /** A part of a time that an API gave; nobody knows how long it is. */
  private static String part(String at, int begin, int end) {
    return at.length() < end ? at : at.substring(begin, end);
  }
}
