package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.RuleSetText;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.cli.output.VerdictText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command that tells what would become of the pools after a change. */
@Command(
    name = "what-if",
    description = {
      "Tell what would become of the pools if hosts, their software or the rules changed: pairs"
          + " gained and lost, endpoints that could go nowhere, and what nobody would know. It"
          + " changes nothing.",
      "Exit status 3: endpoints that can go somewhere now could go nowhere; 4: of some pairs nobody"
          + " would know it."
    },
    footer = {
      "%nExamples:",
      "  fleetcompat what-if --pool gpu --driver nvidia=580.65.05",
      "  fleetcompat what-if --label rack=r1 --set software_version=2.0.0",
      "  fleetcompat what-if --host hv1 --host hv2 --drain"
    })
public final class WhatIfCommand extends Question {

  @Mixin private ChangeOptions change;

  private WhatIfCommand() {}

  @Override
  String path() {
    return "/v1/what-if";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    return new LinkedHashMap<>();
  }

  @Override
  Optional<String> body() {
    return Optional.of(change.change().toString());
  }

  @Override
  int status(JsonNode answer) {
    boolean strands = false;
    for (JsonNode pool : answer.path("pools")) {
      strands |= stranded(pool, "devices") + stranded(pool, "types") > 0;
    }
    strands |= answer.at("/displaced/withoutDestination/total").asInt() > 0;
    if (strands) {
      return ExitStatus.INCOMPATIBLE;
    }
    boolean isUnknown =
        answer.at("/unknown/pairs").asLong() > 0
            || answer.at("/displaced/unknown/total").asInt() > 0
            || noneIsJudged(answer);
    return isUnknown ? ExitStatus.UNKNOWN : ExitStatus.OK;
  }

  /** True where hosts are selected, and all have fallen silent or are in no pool. */
  static boolean noneIsJudged(JsonNode answer) {
    return answer.at("/selected/total").asInt() > 0 && answer.path("judged").asInt() == 0;
  }

  private static int stranded(JsonNode pool, String sort) {
    return pool.path("difference").path(sort).path("newlyStranded").path("total").asInt();
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    JsonNode selected = answer.path("selected");
    out.println(
        Printable.line(
            "%d hosts selected%s"
                .formatted(
                    selected.path("total").asInt(),
                    selected.path("total").asInt() == 0
                        ? ""
                        : ": " + AuditUpgrades.named(selected))));
    uncounted(answer.path("silent"), "have fallen silent and count in no pool", out);
    uncounted(answer.path("withoutPool"), "are in no pool: nothing is told of their pairs", out);
    notApplied(answer, out);
    profiles(answer, out);
    displaced(answer.path("displaced"), out);
    for (JsonNode pool : answer.path("pools")) {
      out.println();
      AuditDiff.pool(pool.path("difference"), "", out);
      health(pool, out);
    }
    unknown(answer.path("unknown"), out);
    String after = answer.path("ruleSetAfter").asText("none");
    if (!after.equals(answer.path("ruleSet").asText("none"))) {
      out.println(Printable.line("by the rules " + after));
    }
    RuleSetText.print(answer, out);
    out.println("Nothing was changed.");
  }

  private static void uncounted(JsonNode number, String what, PrintWriter out) {
    if (number.asInt() > 0) {
      out.println("  %d of them %s".formatted(number.asInt(), what));
    }
  }

  private static void notApplied(JsonNode answer, PrintWriter out) {
    for (JsonNode part : answer.path("notApplied")) {
      out.println(
          Printable.line(
              "  %s %s changes no profile on %d of them"
                  .formatted(
                      part.path("part").asText("?"),
                      part.path("name").asText("?"),
                      part.path("hosts").asInt())));
    }
  }

  private static void profiles(JsonNode answer, PrintWriter out) {
    if (answer.path("profiles").isEmpty()) {
      return;
    }
    out.println();
    Table table = Table.of("PROFILE", "BECOMES", "HOSTS", "DEVICES", "TYPES", "CHANGES");
    for (JsonNode profile : answer.path("profiles")) {
      table.row(
          shortened(profile.path("from")),
          shortened(profile.path("to")) + (profile.path("new").asBoolean() ? " (new)" : ""),
          profile.path("hosts").asText("-"),
          profile.path("devices").asText("-"),
          profile.path("types").asText("-"),
          attributes(profile.path("attributes")));
    }
    table.print(out);
    if (answer.path("profilesOmitted").asInt() > 0) {
      out.println("  … %d more profiles".formatted(answer.path("profilesOmitted").asInt()));
    }
  }

  private static String shortened(JsonNode profile) {
    String id = profile.asText("?");
    return id.substring(0, Math.min(8, id.length()));
  }

  private static String attributes(JsonNode attributes) {
    StringBuilder words = new StringBuilder();
    for (JsonNode each : attributes) {
      words
          .append(words.isEmpty() ? "" : ", ")
          .append(each.path("name").asText("?"))
          .append(": ")
          .append(each.path("from").asText("none"))
          .append(" -> ")
          .append(each.path("to").asText("none"));
    }
    return words.toString();
  }

  private static void displaced(JsonNode displaced, PrintWriter out) {
    if (!displaced.isObject()) {
      return;
    }
    JsonNode nowhere = displaced.path("withoutDestination");
    out.println(
        Printable.line(
            "%d devices must leave; %d of them have no destination%s (room is not counted here:"
                    .formatted(
                        displaced.path("devices").asInt(),
                        nowhere.path("total").asInt(),
                        nowhere.path("total").asInt() == 0
                            ? ""
                            : ": " + AuditUpgrades.named(nowhere))
                + " fleetcompat drain HOST)"));
    JsonNode unknown = displaced.path("unknown");
    if (unknown.path("total").asInt() > 0) {
      out.println(
          Printable.line(
              "  of %d of them nobody knows it: %s"
                  .formatted(unknown.path("total").asInt(), AuditUpgrades.named(unknown))));
    }
  }

  private static void health(JsonNode pool, PrintWriter out) {
    JsonNode before = pool.path("healthBefore");
    JsonNode after = pool.path("healthAfter");
    Table table = Table.of("HEALTH", "NOW", "THEN");
    row(table, "live hosts", before.path("fresh"), after.path("fresh"));
    for (String sort : new String[] {"devices", "types"}) {
      if (before.path(sort).path("endpoints").asInt() + after.path(sort).path("endpoints").asInt()
          > 0) {
        table.row(
            sort + " stranded",
            PoolText.stranded(before.path(sort)),
            PoolText.stranded(after.path(sort)));
      }
    }
    row(table, "one-way pairs", before.path("oneWayPairs"), after.path("oneWayPairs"));
    table.row(
        "split",
        before.path("split").asBoolean() ? "yes" : "no",
        after.path("split").asBoolean() ? "yes" : "no");
    table.print(out);
    for (JsonNode reason : after.path("reasons")) {
      out.println(
          Printable.line(
              "  strands %d devices and %d types: %s"
                  .formatted(
                      reason.path("strandsDevices").asLong(),
                      reason.path("strandsTypes").asLong(),
                      VerdictText.reason(reason.path("reason")))));
    }
  }

  private static void row(Table table, String what, JsonNode before, JsonNode after) {
    table.row(what, before.asText("?"), after.asText("?"));
  }

  private static void unknown(JsonNode unknown, PrintWriter out) {
    if (unknown.path("pairs").asLong() == 0) {
      return;
    }
    out.println();
    out.println(
        "of %d pairs of profiles nobody would know it:".formatted(unknown.path("pairs").asLong()));
    for (JsonNode missing : unknown.path("missing")) {
      out.println(
          Printable.line(
              "  %d pairs: %s"
                  .formatted(
                      missing.path("pairs").asLong(), VerdictText.reason(missing.path("reason")))));
    }
  }
}
