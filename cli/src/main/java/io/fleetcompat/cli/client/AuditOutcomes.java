package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Csv;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.compatibility.judge.OverridableRules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that tells how often the index was right about migrations. */
@Command(
    name = "outcomes",
    description = {
      "Tell how often the index, its rules and its packs were right about migrations whose outcome"
          + " was reported ('fleetcompat outcome'), and of which profiles they were not"
          + " (docs/outcomes.md). -o csv prints a row for each of them.",
      "Exit status 3: it was wrong about some."
    })
public final class AuditOutcomes extends Question {

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only those reported from then on: such as 2026-11-26T10:00:00Z, or how long ago, such"
              + " as 7d (default: all that are kept, of 90 days).")
  private Optional<String> since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Return at most N findings, the worst (1 to 1000; default: 20).")
  private Optional<String> limit;

  private AuditOutcomes() {}

  @Override
  String path() {
    return "/v1/audit/outcomes";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("since", since);
    parameters.put("limit", limit);
    return parameters;
  }

  @Override
  int status(JsonNode answer) {
    return answer.path("wrong").asLong() > 0 ? ExitStatus.INCOMPATIBLE : ExitStatus.OK;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "Outcomes reported since %s%s"
                .formatted(
                    answer.path("since").asText("?"),
                    answer.path("complete").asBoolean()
                        ? ""
                        : ", of which only the newest are kept")));
    counts(answer.path("counts"), out);
    JsonNode index = answer.path("index");
    out.println(
        "COMPATIBLE was right %s of the times it was said, and was said %s of the times it was so."
            .formatted(percent(index.path("precision")), percent(index.path("recall"))));
    accuracy("RULE", "rule", answer.path("rules"), out);
    accuracy("PACK", "pack", answer.path("packs"), out);
    answer.path("findings").forEach(finding -> finding(finding, out));
    if (answer.path("findingsOmitted").asInt() > 0) {
      out.println("… %d more findings".formatted(answer.path("findingsOmitted").asInt()));
    }
    if (answer.hasNonNull("fault")) {
      out.println(Printable.line("Newer ones may be missing: " + answer.path("fault").asText()));
    }
  }

  @Override
  Optional<CsvAnswer> csv() {
    return Optional.of(
        (answer, csv) -> {
          csv.row("of", "name", "right", "wrong", "missed", "otherwise", "precision", "recall");
          row("index", "COMPATIBLE", answer.path("index"), csv);
          for (JsonNode rule : answer.path("rules")) {
            row("rule", rule.path("rule").asText("?"), rule, csv);
          }
          for (JsonNode pack : answer.path("packs")) {
            row("pack", pack.path("pack").asText("?"), pack, csv);
          }
        });
  }

  private static void row(String of, String name, JsonNode accuracy, Csv csv) {
    csv.row(
        of,
        name,
        accuracy.path("right").asText("0"),
        accuracy.path("wrong").asText("0"),
        accuracy.path("missed").asText("0"),
        accuracy.path("otherwise").asText("0"),
        accuracy.path("precision").isNumber() ? accuracy.path("precision").asText() : "",
        accuracy.path("recall").isNumber() ? accuracy.path("recall").asText() : "");
  }

  private static void counts(JsonNode counts, PrintWriter out) {
    if (counts.isEmpty()) {
      out.println("none");
      return;
    }
    Table table = Table.of("ANSWERED", "RESULT", "OUTCOMES");
    for (JsonNode count : counts) {
      table.row(
          count.path("predicted").asText("none").equals("null")
              ? "none"
              : count.path("predicted").asText("none"),
          count.path("result").asText("?")
              + (count.path("otherCause").asBoolean() ? " (another cause)" : ""),
          count.path("outcomes").asText("?"));
    }
    table.print(out);
  }

  private static void accuracy(String heading, String name, JsonNode all, PrintWriter out) {
    if (all.isEmpty()) {
      return;
    }
    out.println();
    Table table = Table.of(heading, "NO: RIGHT", "NO: WRONG", "NOT SAID", "PRECISION", "RECALL");
    for (JsonNode each : all) {
      table.row(
          each.path(name).asText("?"),
          each.path("right").asText("?"),
          each.path("wrong").asText("?"),
          each.path("missed").asText("?"),
          percent(each.path("precision")),
          percent(each.path("recall")));
    }
    table.print(out);
  }

  private static String percent(JsonNode share) {
    return share.isNumber() ? "%.1f %%".formatted(100 * share.asDouble()) : "-";
  }

  private static void finding(JsonNode finding, PrintWriter out) {
    out.println();
    out.println(
        Printable.line(
            "%s%s, and %s succeeded, %s were refused, %s failed"
                .formatted(
                    finding.path("wrong").asBoolean() ? "WRONG: " : "",
                    finding.path("predicted").asText("?"),
                    finding.path("succeeded").asText("?"),
                    finding.path("refused").asText("?"),
                    finding.path("failed").asText("?"))));
    String destination = finding.path("destinationProfile").asText("none");
    out.println(
        Printable.line(
            "  profiles %s -> %s, now %s"
                .formatted(
                    finding.path("sourceProfile").asText("?"),
                    finding.hasNonNull("destinationProfile") ? destination : "none like it",
                    finding.hasNonNull("now") ? finding.path("now").asText() : "not indexed")));
    rules("said no", finding.path("forbidding"), out);
    rules("could not be judged", finding.path("undecided"), out);
    rules("turned off by " + joined(finding.path("overrides")), finding.path("overridden"), out);
    for (JsonNode each : finding.path("differences")) {
      out.println(
          Printable.line(
              "  differs: %s: source %s, destination %s"
                  .formatted(
                      each.path("name").asText("?"),
                      each.hasNonNull("source") ? each.path("source").asText() : "none",
                      each.hasNonNull("destination")
                          ? each.path("destination").asText()
                          : "none")));
    }
    finding.path("examples").forEach(example -> example(example, out));
    hint(finding, out);
  }

  private static void rules(String what, JsonNode rules, PrintWriter out) {
    if (!rules.isEmpty()) {
      out.println(Printable.line("  " + what + ": " + joined(rules)));
    }
  }

  private static String joined(JsonNode names) {
    List<String> all = new ArrayList<>();
    names.forEach(name -> all.add(name.asText("?")));
    return String.join(", ", all);
  }

  private static void example(JsonNode example, PrintWriter out) {
    out.println(
        Printable.line(
            "  %s %s: %s -> %s%s"
                .formatted(
                    example.path("id").asText("?"),
                    example.path("result").asText("?"),
                    example.path("source").asText("?"),
                    example.path("destination").asText("?"),
                    example.hasNonNull("message") ? ": " + example.path("message").asText() : "")));
    for (JsonNode known : example.path("knownMessages")) {
      out.println(Printable.line("    known message: " + known.path("means").asText("?")));
    }
  }

  /** The hint of what an operator can do about it; nothing is done by itself. */
  private static void hint(JsonNode finding, PrintWriter out) {
    succeeded(finding)
        .filter(_ -> finding.path("refused").asLong() + finding.path("failed").asLong() == 0)
        .ifPresent(
            id ->
                rules(finding)
                    .forEach(
                        rule ->
                            out.println(
                                Printable.line(
                                    "  to turn it off for these two: "
                                        + command(finding, id, rule)))));
    if (finding.path("wrong").asBoolean() && finding.path("forbidding").isEmpty()) {
      boolean isOne =
          finding
              .path("sourceProfile")
              .asText()
              .equals(finding.path("destinationProfile").asText());
      out.println(
          isOne
              ? "  the profiles are equal: what made it fail is not in the index; a fact may tell"
                  + " (docs/facts.md)"
              : "  to forbid it: a rule about what differs, in a rule pack (docs/rule-packs.md)");
    }
  }

  private static String command(JsonNode finding, String id, String rule) {
    return "fleetcompat override add --outcome %s --rule %s --from %s --to %s"
        .formatted(
            id,
            rule,
            finding.path("sourceProfile").asText("?"),
            finding.path("destinationProfile").asText("?"));
  }

  /** The newest outcome that succeeded, where both profiles are known. */
  private static Optional<String> succeeded(JsonNode finding) {
    return finding.hasNonNull("destinationProfile")
        ? finding
            .path("examples")
            .valueStream()
            .filter(example -> example.path("result").asText().equals("succeeded"))
            .map(example -> example.path("id").asText("?"))
            .findFirst()
        : Optional.empty();
  }

  /** The rules that an override can turn off, of those that did not say yes. */
  private static Stream<String> rules(JsonNode finding) {
    return Stream.concat(
            finding.path("forbidding").valueStream(), finding.path("undecided").valueStream())
        .map(JsonNode::asText)
        .filter(OverridableRules::isSpelledSo);
  }
}
