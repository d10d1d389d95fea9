package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Csv;
import io.fleetcompat.cli.output.Printable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that compares the pools at two times. */
@Command(
    name = "diff",
    description =
        "Compare the pools at two times: hosts that came and went, pairs gained and lost, and"
            + " endpoints that can go nowhere any more. A pair is an endpoint and another live host"
            + " of its pool to which it can go. -o csv prints a row for the devices, and one for"
            + " the types, of each pool.")
public final class AuditDiff extends Question {

  /** The columns after those that say what is compared; names have spaces between them. */
  static final List<String> COLUMNS =
      List.of(
          "hostsAppeared",
          "hostsGone",
          "sort",
          "before",
          "after",
          "strandedBefore",
          "strandedAfter",
          "pairsGained",
          "pairsLost",
          "newlyStranded",
          "freed");

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "24h",
      description =
          "Such as 2026-11-26T10:00:00Z, or how long ago, such as 24h (default: ${DEFAULT-VALUE}).")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Likewise (default: now).")
  private Optional<String> to;

  @Option(names = "--pool", paramLabel = "POOL", description = "Compare only this pool.")
  private Optional<String> pool;

  private AuditDiff() {}

  @Override
  String path() {
    return "/v1/diff";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("from", Optional.of(from));
    parameters.put("to", to);
    parameters.put("pool", pool);
    return parameters;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "%d pools differ from %s to %s"
                .formatted(
                    answer.path("pools").size(),
                    answer.path("from").asText("?"),
                    answer.path("to").asText("?"))));
    String before = answer.path("ruleSetBefore").asText("none");
    String after = answer.path("ruleSetAfter").asText("none");
    if (!before.equals(after)) {
      out.println(Printable.line("rules: " + before + " -> " + after));
    }
    for (JsonNode each : answer.path("pools")) {
      out.println();
      pool(each, "", out);
    }
  }

  @Override
  Optional<CsvAnswer> csv() {
    return Optional.of(
        (answer, csv) -> {
          csv.row(row("pool", COLUMNS));
          answer.path("pools").forEach(pool -> rows(pool, csv));
        });
  }

  private static void rows(JsonNode pool, Csv csv) {
    cells(pool).forEach(cells -> csv.row(row(pool.path("pool").asText("?"), cells)));
  }

  private static String[] row(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toArray(String[]::new);
  }

  /** The cells of a pool that differs, for devices and for types. */
  static List<List<String>> cells(JsonNode pool) {
    return Stream.of("devices", "types")
        .filter(sort -> pool.path(sort).isObject())
        .map(sort -> cells(pool, sort))
        .toList();
  }

  private static List<String> cells(JsonNode pool, String sort) {
    JsonNode of = pool.path(sort);
    return List.of(
        pool.at("/hostsAppeared/total").asText("0"),
        pool.at("/hostsGone/total").asText("0"),
        sort,
        of.path("before").asText("0"),
        of.path("after").asText("0"),
        of.path("strandedBefore").asText("0"),
        of.path("strandedAfter").asText("0"),
        of.path("pairsGained").asText("0"),
        of.path("pairsLost").asText("0"),
        spaced(of.at("/newlyStranded/names")),
        spaced(of.at("/freed/names")));
  }

  /** Names with spaces between them: names of endpoints have none. */
  static String spaced(JsonNode names) {
    return names.valueStream().map(JsonNode::asText).collect(Collectors.joining(" "));
  }

  /** A pool that differs. */
  static void pool(JsonNode pool, String indent, PrintWriter out) {
    out.println(Printable.line(indent + pool.path("pool").asText("?") + ":"));
    hosts("hosts that came", pool.path("hostsAppeared"), indent, out);
    hosts("hosts that went", pool.path("hostsGone"), indent, out);
    sort("devices", pool.path("devices"), indent, out);
    sort("types", pool.path("types"), indent, out);
  }

  private static void hosts(String what, JsonNode hosts, String indent, PrintWriter out) {
    if (hosts.path("total").asInt() > 0) {
      out.println(
          Printable.line(
              "%s  %d %s: %s"
                  .formatted(
                      indent, hosts.path("total").asInt(), what, AuditUpgrades.named(hosts))));
    }
  }

  private static void sort(String what, JsonNode of, String indent, PrintWriter out) {
    if (of.path("before").asLong() == 0 && of.path("after").asLong() == 0) {
      return;
    }
    out.println(
        "%s  %s: %d -> %d; stranded %d -> %d; pairs gained %d, lost %d"
            .formatted(
                indent,
                what,
                of.path("before").asLong(),
                of.path("after").asLong(),
                of.path("strandedBefore").asLong(),
                of.path("strandedAfter").asLong(),
                of.path("pairsGained").asLong(),
                of.path("pairsLost").asLong()));
    if (of.path("newlyStranded").path("total").asInt() > 0) {
      out.println(
          Printable.line(
              indent + "    stranded now: " + AuditUpgrades.named(of.path("newlyStranded"))));
    }
    if (of.path("freed").path("total").asInt() > 0) {
      out.println(
          Printable.line(
              indent + "    no longer stranded: " + AuditUpgrades.named(of.path("freed"))));
    }
  }
}
