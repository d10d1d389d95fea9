package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Format;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.RuleSetText;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.cli.output.VerdictText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command that tells in which order hosts can be changed. */
@Command(
    name = "plan",
    description = {
      "Tell in which order hosts can be changed: each is emptied first, and at any time each device"
          + " can go to at least K other live hosts with room, if it can now. It moves and changes"
          + " nothing.",
      "With --execute it then plays the plan on the simulated fleet of 'up --simulate' on this"
          + " machine: wave by wave devices move and hosts change in its sysfs trees, and it stops"
          + " at the first step after which the index differs from the plan.",
      "Exit status 3: there is no such order; 4: none was found; 7: the index differed from the"
          + " plan while it was executed; 1: it cannot be executed, and nothing was touched."
    },
    footer = {
      "%nExamples:",
      "  fleetcompat plan --pool gpu --driver nvidia=580.65.05 --keep 2",
      "  fleetcompat plan --pool pool-c --in-use mdev --driver i915=1.3.0 --execute",
    })
public final class PlanCommand extends Question {

  /** Most moves of a wave that are told in words. */
  private static final int MOST_MOVES = 50;

  @Mixin private ChangeOptions change;

  @Mixin private ExecuteOptions execute;

  @Option(
      names = "--keep",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Each device must be able to go to K other live hosts at any time (default:"
              + " ${DEFAULT-VALUE}).")
  private int keep;

  /** The devices that need a place. */
  enum InUse {
    all,
    mdev
  }

  @Option(
      names = "--in-use",
      paramLabel = "all|mdev",
      defaultValue = "all",
      description =
          "Find a place for all devices that exist, or for mdev devices alone, where no machine"
              + " uses functions and virtio devices (default: ${DEFAULT-VALUE}).")
  private InUse inUse;

  private PlanCommand() {}

  @Override
  public Integer call() {
    if (!execute.isAsked()) {
      return super.call();
    }
    if (options.watch || options.format() != Format.text) {
      throw new ParameterException(
          spec.commandLine(), "--execute: expected text and no --watch, found one of them");
    }
    // Held from before the plan is made: what it rests on is not changed by others.
    return execute.holding(options.api(), super::call);
  }

  @Override
  int answered(Api api, JsonNode answer) {
    int status = status(answer);
    if (!execute.isAsked()) {
      return status;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (status != ExitStatus.OK) {
      out.println("Nothing is executed: there is no plan for all of it.");
      return status;
    }
    execute.run(api, change.change(), keep, answer, out);
    return ExitStatus.OK;
  }

  @Override
  String path() {
    return "/v1/plan";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    return new LinkedHashMap<>();
  }

  @Override
  Optional<String> body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("keep", keep);
    if (inUse != InUse.all) {
      body.put("inUse", inUse.name());
    }
    body.set("change", change.change());
    return Optional.of(body.toString());
  }

  @Override
  int status(JsonNode answer) {
    int status = WhatIfCommand.noneIsJudged(answer) ? ExitStatus.UNKNOWN : ExitStatus.OK;
    for (JsonNode pool : answer.path("pools")) {
      JsonNode blocked = pool.path("blocked");
      if (blocked.path("certain").asBoolean()) {
        return ExitStatus.INCOMPATIBLE;
      }
      status = blocked.isObject() ? ExitStatus.UNKNOWN : status;
    }
    return status;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    out.println(
        "%d hosts to be changed; each device can go to %d other hosts at any time"
            .formatted(answer.at("/selected/total").asInt(), answer.path("keep").asInt()));
    if (answer.path("silent").asInt() > 0) {
      out.println(
          "  %d of them have fallen silent and are in no plan"
              .formatted(answer.path("silent").asInt()));
    }
    if (answer.path("withoutPool").asInt() > 0) {
      out.println(
          "  %d of them are in no pool and in no plan"
              .formatted(answer.path("withoutPool").asInt()));
    }
    answer.path("pools").forEach(pool -> pool(pool, out));
    RuleSetText.print(answer, out);
    out.println(
        execute.isAsked()
            ? "Nothing was moved or changed yet."
            : "Nothing was moved or changed: whoever runs the machines does that.");
  }

  private static void pool(JsonNode pool, PrintWriter out) {
    out.println();
    JsonNode blocked = pool.path("blocked");
    String words =
        !blocked.isObject()
            ? "%d waves, at most %d hosts at once"
                .formatted(pool.path("waves").size(), pool.path("atOnce").asInt())
            : noOrder(blocked);
    out.println(
        Printable.line(
            "%s: %d of %d live hosts, %d devices: %s"
                .formatted(
                    pool.path("pool").asText("?"),
                    pool.path("toChange").asInt(),
                    pool.path("hosts").asInt(),
                    pool.path("devices").asInt(),
                    words)));
    JsonNode below = pool.path("belowKeep");
    if (below.path("total").asInt() > 0) {
      out.println(
          Printable.line(
              "  %d devices cannot go to so many hosts even now, and keep what they have: %s"
                  .formatted(below.path("total").asInt(), AuditUpgrades.named(below))));
    }
    int number = 1;
    for (JsonNode wave : pool.path("waves")) {
      wave(number++, wave, out);
    }
    if (blocked.isObject()) {
      blocked(blocked, out);
    }
  }

  private static String noOrder(JsonNode blocked) {
    if (blocked.path("certain").asBoolean()) {
      return "there is no order";
    }
    return blocked.path("unknown").asBoolean()
        ? "there is no order by what is known; something is unknown"
        : "no order was found";
  }

  private static void wave(int number, JsonNode wave, PrintWriter out) {
    List<String> hosts = new ArrayList<>();
    wave.path("hosts").forEach(host -> hosts.add(host.asText("?")));
    out.println(
        Printable.line(
            "  wave %d, %d hosts: %s".formatted(number, hosts.size(), String.join(", ", hosts))));
    if (wave.path("moves").isEmpty()) {
      out.println("    nothing has to move");
      return;
    }
    Table table = Table.of("    DEVICE", "FROM", "TO", "");
    int told = 0;
    for (JsonNode move : wave.path("moves")) {
      if (told++ < MOST_MOVES) {
        table.row(
            "    " + move.path("device").asText("-"),
            move.path("from").asText("-"),
            move.path("to").asText("-"),
            move.path("mayBeInUse").asBoolean() ? "if unused" : "");
      }
    }
    table.print(out);
    if (told > MOST_MOVES) {
      out.println("    … %d more moves (-o json has them)".formatted(told - MOST_MOVES));
    }
  }

  private static void blocked(JsonNode blocked, PrintWriter out) {
    JsonNode left = blocked.path("left");
    out.println(
        Printable.line(
            "  %d hosts are left: %s"
                .formatted(left.path("total").asInt(), AuditUpgrades.named(left))));
    out.println("  " + moment(blocked));
    for (JsonNode block : blocked.path("blocks")) {
      out.println(
          Printable.line(
              "  %s: %s: %s"
                  .formatted(
                      AuditUpgrades.named(block.path("hosts")),
                      obstacle(block.path("obstacle").asText("")),
                      AuditUpgrades.named(block.path("devices")))));
      block
          .path("reasons")
          .forEach(reason -> out.println("    " + Printable.line(VerdictText.reason(reason))));
    }
  }

  private static String moment(JsonNode blocked) {
    if (blocked.path("never").asBoolean()) {
      return "each of these can be emptied at no time, whatever goes before:";
    }
    return blocked.path("last").asBoolean()
        ? "whichever of them is the last one, some device then has no place:"
        : "none of them can be the next one:";
  }

  private static String obstacle(String obstacle) {
    return switch (obstacle) {
      case "no-destination" -> "no other host has a compatible destination for its devices";
      case "no-room" -> "the hosts with compatible destinations have no room";
      case "too-few-kept" ->
          "from no place could its devices go on to as many hosts as are to stay";
      case "competes" -> "its devices need the same places";
      case "others-kept" -> "devices of other hosts could not go to as many hosts as are to stay";
      case "room-elsewhere" ->
          "the other hosts never have room for its devices and for as many more as are to stay";
      default -> obstacle;
    };
  }
}
