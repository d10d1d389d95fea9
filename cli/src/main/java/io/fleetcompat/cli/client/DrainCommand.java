package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ExitStatus;
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
import picocli.CommandLine.Parameters;

/** The command that tells where all devices of a host can go, before it is emptied. */
@Command(
    name = "drain",
    description = {
      "Tell where all devices of HOST can go, counted together, which cannot go, and why. It moves"
          + " nothing: whoever runs the machines does that.",
      "Exit status 3: some cannot go; 4: nobody knows, because the host has fallen silent."
    })
public final class DrainCommand extends Question {

  @Parameters(paramLabel = "HOST", description = "The host that is to be emptied.")
  private String host;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "Move to hosts of this pool (default: the host's own).")
  private Optional<String> pool;

  @Option(names = "--any-pool", description = "Move to any host of the fleet.")
  private boolean anyPool;

  @Option(
      names = "--keep",
      paramLabel = "K",
      description =
          "From its place, each device must be able to go on to at least K other live hosts.")
  private Optional<String> keep;

  @Option(
      names = "--dry-run",
      description =
          "Leave out the reminder that nothing was moved: the command moves nothing itself.")
  private boolean dryRun;

  @Mixin private AsOfOption asOf;
  @Mixin private MaxBehindOption maxBehind;

  private DrainCommand() {}

  @Override
  String path() {
    return "/v1/hosts/" + Api.encode(host) + "/evacuation";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("pool", pool);
    parameters.put("any-pool", flag(anyPool));
    parameters.put("keep", keep);
    asOf.putInto(parameters);
    maxBehind.putInto(parameters);
    return parameters;
  }

  @Override
  int status(JsonNode answer) {
    if (answer.path("stuck").isEmpty()) {
      return ExitStatus.OK;
    }
    return HostText.isFresh(answer) ? ExitStatus.INCOMPATIBLE : ExitStatus.UNKNOWN;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "%s: %s of %s devices can go to other live hosts of %s"
                .formatted(
                    answer.path("host").asText(host),
                    answer.path("movable").asText("?"),
                    answer.path("devices").asText("?"),
                    answer.hasNonNull("pool")
                        ? "pool " + answer.path("pool").asText()
                        : "the fleet")));
    HostText.printUnlessFresh("the drained", answer, out);
    if (!answer.path("moves").isEmpty()) {
      out.println();
      table(answer.path("moves")).print(out);
    }
    answer.path("stuck").forEach(stuck -> stuck(stuck, out));
    competition(answer, out);
    if (answer.path("lacking").asInt() > 0) {
      out.println();
      out.println(
          "%s %d more places are needed for the devices that have compatible destinations."
              .formatted(
                  answer.path("untoldCapacity").asBoolean()
                      ? "As far as capacities are told, at least"
                      : "At least",
                  answer.path("lacking").asInt()));
    }
    if (!answer.path("certain").asBoolean(true)) {
      out.println(
          "Not certain (%s): at most %s can go; docs/drain.md says why nobody knows."
              .formatted(doubts(answer.path("doubts")), answer.path("atMost").asInt()));
    }
    RuleSetText.print(answer, out);
    if (!dryRun) {
      out.println("Nothing was moved: whoever runs the machines does that.");
    }
  }

  private static String doubts(JsonNode doubts) {
    List<String> words = new ArrayList<>();
    doubts.forEach(doubt -> words.add(Printable.line(doubt.asText())));
    return words.isEmpty() ? "unknown" : String.join(", ", words);
  }

  private static Table table(JsonNode moves) {
    Table table = Table.of("DEVICE", "TO", "CAPACITY", "TO DO", "WARNINGS");
    for (JsonNode move : moves) {
      table.row(
          move.path("device").asText("-"),
          move.path("destination").asText("-"),
          move.path("mayBeInUse").asBoolean() ? "if unused" : move.path("capacity").asText("-"),
          ListText.of(move.path("obligations"), "attribute"),
          ListText.of(move.path("warnings"), "rule"));
    }
    return table;
  }

  private static void stuck(JsonNode stuck, PrintWriter out) {
    out.println();
    out.println(
        Printable.line(
            stuck.path("device").asText("?")
                + " cannot go: "
                + obstacle(stuck.path("obstacle").asText(""))));
    nearest(stuck.path("nearest"), "the nearest is", out);
    unblocking(stuck.path("unblocking"), out);
  }

  private static void nearest(JsonNode nearest, String words, PrintWriter out) {
    if (nearest.isObject()) {
      out.println(
          Printable.line("  %s %s:".formatted(words, nearest.path("destination").asText("?"))));
      nearest
          .path("reasons")
          .forEach(reason -> out.println("    " + Printable.line(VerdictText.reason(reason))));
    }
  }

  private static void unblocking(JsonNode unblocking, PrintWriter out) {
    JsonNode types = unblocking.path("onePlaceMore");
    if (!types.isEmpty()) {
      out.println("  one more place at one of these would do, with the moves above:");
    }
    types.forEach(type -> out.println(Printable.line("    " + growth(type))));
    count(out, unblocking.path("wouldDo").asInt() - types.size(), "more such types");
    count(
        out,
        unblocking.path("onUsedCards").asInt(),
        "compatible types are on cards that take devices of another type here");
    count(
        out,
        unblocking.path("tooFewOnward").asInt(),
        "compatible types have too few hosts to go on to");
    count(out, unblocking.path("notLookedAt").asInt(), "more destinations were not looked at");
    JsonNode furthest = unblocking.path("furthest");
    if (furthest.isObject()) {
      String silent =
          furthest.path("silentHosts").asInt() == 0
              ? ""
              : ", and %d that have fallen silent".formatted(furthest.path("silentHosts").asInt());
      out.println(
          Printable.line(
              "  of the places with too few hosts to go on to, %s has most: %d%s"
                  .formatted(
                      furthest.path("destination").asText("?"),
                      furthest.path("hosts").asInt(),
                      silent)));
      nearest(furthest.path("nearest"), "the next would be", out);
    }
  }

  private static void count(PrintWriter out, int count, String words) {
    if (count > 0) {
      out.println("  %d %s".formatted(count, words));
    }
  }

  private static String growth(JsonNode type) {
    String room =
        type.path("capacity").isNumber()
            ? "room for %d now".formatted(type.path("capacity").asInt())
            : "nobody tells its available_instances";
    JsonNode problem = type.path("problem");
    String why =
        problem.isObject()
            ? " (%s: %s)".formatted(problem.path("code").asText(), problem.path("detail").asText())
            : "";
    return "%s: %s%s, %d devices of this type on that host"
        .formatted(
            type.path("destination").asText("?"), room, why, type.path("devicesOfType").asInt());
  }

  private static String obstacle(String obstacle) {
    return switch (obstacle) {
      case "host-silent" -> "its host has fallen silent: nobody knows what it has by now";
      case "no-destination" -> "no other live host has a compatible destination";
      case "no-room" -> "the hosts with compatible destinations have no capacity";
      case "too-few-kept" ->
          "from no destination with room could it go on to as many hosts as --keep says";
      case "competes" -> "the other devices need the same places";
      default -> obstacle;
    };
  }

  private static void competition(JsonNode answer, PrintWriter out) {
    JsonNode competition = answer.path("competition");
    if (!competition.isObject()) {
      return;
    }
    int room = 0;
    List<String> places = new ArrayList<>();
    for (JsonNode place : competition.path("places")) {
      room += place.path("room").asInt();
      places.add(place.path("destination").asText("?"));
    }
    List<String> devices = new ArrayList<>();
    competition.path("devices").forEach(device -> devices.add(device.asText("?")));
    out.println();
    out.println(
        Printable.line(
            "%d devices compete for room for %d: %s can go to %s alone; %d more would do"
                .formatted(
                    devices.size(),
                    room,
                    String.join(", ", devices),
                    String.join(", ", places),
                    competition.path("lacking").asInt())));
  }
}
