package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Csv;
import io.fleetcompat.cli.output.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that tells the waves of upgrades, and what came of each. */
@Command(
    name = "upgrades",
    description =
        "Tell the waves of upgrades: hosts whose software made the same transition, one soon after"
            + " the other; what was gained, lost and stranded by each, who is left behind, and"
            + " whether there is a way back. -o csv prints a row for the devices, and one for the"
            + " types, of each pool that a wave changed.")
public final class AuditUpgrades extends Question {

  private static final List<String> COLUMNS =
      List.of(
          "begin",
          "end",
          "transition",
          "hosts",
          "hostNames",
          "leftBehind",
          "forwardCompatible",
          "forwardIncompatible",
          "forwardUnknown",
          "backCompatible",
          "backIncompatible",
          "backUnknown");

  /** Most names in one line. */
  private static final int NAMED = 8;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "From then on: such as 2026-11-26T10:00:00Z, or how long ago, such as 24h (default: 7d).")
  private Optional<String> since;

  @Option(names = "--until", paramLabel = "TIME", description = "Up to then (default: now).")
  private Optional<String> until;

  @Option(names = "--pool", paramLabel = "POOL", description = "Return only hosts of this pool.")
  private Optional<String> pool;

  @Option(
      names = "--gap",
      paramLabel = "TIME",
      description = "A wave has ended where no host follows for this long (default: 1h).")
  private Optional<String> gap;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Return at most N waves, the newest (1 to 50; default: 10).")
  private Optional<String> limit;

  private AuditUpgrades() {}

  @Override
  String path() {
    return "/v1/audit/upgrades";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("since", since);
    parameters.put("until", until);
    parameters.put("pool", pool);
    parameters.put("gap", gap);
    parameters.put("limit", limit);
    return parameters;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    JsonNode waves = answer.path("waves");
    out.println(
        Printable.line(
            "%d of %s waves of upgrades from %s to %s"
                .formatted(
                    waves.size(),
                    answer.path("total").asText("?"),
                    answer.path("since").asText("?"),
                    answer.path("until").asText("?"))));
    if (!answer.path("complete").asBoolean(true)) {
      out.println(
          "Not all changes since then are known, or there are too many: older waves are left out.");
    }
    waves.forEach(wave -> wave(wave, out));
  }

  @Override
  Optional<CsvAnswer> csv() {
    return Optional.of(
        (answer, csv) -> {
          csv.row(row(COLUMNS, Stream.concat(Stream.of("pool"), AuditDiff.COLUMNS.stream())));
          answer.path("waves").forEach(wave -> rows(wave, csv));
        });
  }

  /** A wave whose difference is not known has one row, with nothing about pools. */
  private static void rows(JsonNode wave, Csv csv) {
    List<String> about =
        List.of(
            wave.path("begin").asText(""),
            wave.path("end").asText(""),
            String.join("; ", transition(wave)),
            wave.path("hosts").asText("0"),
            AuditDiff.spaced(wave.path("hostNames")),
            wave.path("leftBehind").asText("0"),
            wave.at("/forward/compatible").asText("0"),
            wave.at("/forward/incompatible").asText("0"),
            wave.at("/forward/unknown").asText("0"),
            wave.at("/back/compatible").asText("0"),
            wave.at("/back/incompatible").asText("0"),
            wave.at("/back/unknown").asText("0"));
    JsonNode pools = wave.at("/difference/pools");
    if (pools.isEmpty()) {
      csv.row(row(about, Stream.generate(() -> "").limit(1 + AuditDiff.COLUMNS.size())));
    }
    for (JsonNode pool : pools) {
      for (List<String> cells : AuditDiff.cells(pool)) {
        String name = pool.path("pool").asText("?");
        csv.row(row(about, Stream.concat(Stream.of(name), cells.stream())));
      }
    }
  }

  private static String[] row(List<String> first, Stream<String> others) {
    return Stream.concat(first.stream(), others).toArray(String[]::new);
  }

  private static List<String> transition(JsonNode wave) {
    return wave.path("transition")
        .valueStream()
        .map(
            each ->
                "%s %s -> %s"
                    .formatted(
                        each.path("name").asText("?"),
                        each.path("from").asText("none"),
                        each.path("to").asText("none")))
        .toList();
  }

  private static void wave(JsonNode wave, PrintWriter out) {
    out.println();
    List<String> transition = transition(wave);
    out.println(
        Printable.line(
            "%s to %s: %s"
                .formatted(
                    wave.path("begin").asText("?"),
                    wave.path("end").asText("?"),
                    transition.isEmpty() ? "?" : String.join(", ", transition))));
    out.println(
        Printable.line(
            "  %s hosts of %s: %s"
                .formatted(
                    wave.path("hosts").asText("?"),
                    names(wave.path("pools"), wave.path("pools").size()),
                    names(wave.path("hostNames"), wave.path("hosts").asInt()))));
    JsonNode difference = wave.path("difference");
    if (difference.isObject()) {
      difference.path("pools").forEach(pool -> AuditDiff.pool(pool, "  ", out));
    } else {
      out.println("  what it gained and lost is not known: the history does not go back so far");
    }
    out.println("  from old to new: " + ways(wave.path("forward")));
    out.println("  from new to old: " + ways(wave.path("back")));
    if (wave.path("leftBehind").asInt() > 0) {
      out.println(
          Printable.line(
              "  %s hosts are left behind: %s"
                  .formatted(
                      wave.path("leftBehind").asText(),
                      names(wave.path("leftBehindNames"), wave.path("leftBehind").asInt()))));
    }
  }

  private static String ways(JsonNode ways) {
    long compatible = ways.path("compatible").asLong();
    long unknown = ways.path("unknown").asLong();
    long not = ways.path("incompatible").asLong();
    if (compatible + unknown + not == 0) {
      return "no endpoint is other than it was";
    }
    if (unknown + not == 0) {
      return "all %d endpoints can go".formatted(compatible);
    }
    return compatible == 0 && unknown == 0
        ? "none of %d endpoints can go".formatted(not)
        : "%d endpoints can go, %d cannot, of %d nobody knows".formatted(compatible, not, unknown);
  }

  /** Some of the names of which the answer has the first ones and the number. */
  static String named(JsonNode of) {
    return names(of.path("names"), of.path("total").asInt());
  }

  /** Some names of a list. */
  private static String names(JsonNode list, int total) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : list) {
      if (names.size() == NAMED) {
        break;
      }
      names.add(name.asText("?"));
    }
    if (names.size() < total) {
      names.add("and " + (total - names.size()) + " more");
    }
    return names.isEmpty() ? "-" : String.join(", ", names);
  }
}
