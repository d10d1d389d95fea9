package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.alerts.AlertRulesCheck;
import io.fleetcompat.cli.alerts.AlertRulesPrint;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that lists alerts about pools. */
@Command(
    name = "alerts",
    description = "List alerts about pools: those that fire first, then those that are pending.",
    subcommands = {AlertRulesCheck.class, AlertRulesPrint.class},
    footer = {
      "%nExamples:",
      "  fleetcompat alerts",
      "  fleetcompat alerts --pool gpu-a --state firing",
      "  fleetcompat alerts rules > alerts.yaml",
      "  fleetcompat alerts check alerts.yaml"
    })
public final class AlertsCommand extends Question {

  @Option(names = "--pool", paramLabel = "POOL", description = "Only those about this pool.")
  private Optional<String> pool;

  @Option(names = "--alert", paramLabel = "NAME", description = "Only those of this rule.")
  private Optional<String> alert;

  @Option(
      names = "--state",
      paramLabel = "STATE,...",
      description = "Only those in these states: pending, firing, resolved.")
  private Optional<String> state;

  @Option(names = "--limit", paramLabel = "N", description = "Return at most N alerts.")
  private Optional<String> limit;

  private AlertsCommand() {}

  @Override
  String path() {
    return "/v1/alerts";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("pool", pool);
    parameters.put("alert", alert);
    parameters.put("state", state);
    parameters.put("limit", limit);
    return parameters;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    if (answer.path("alerts").isEmpty()) {
      out.println("no alerts");
    } else {
      Table table = Table.of("STATE", "SEVERITY", "ALERT", "POOL", "SINCE", "SUMMARY");
      answer.path("alerts").forEach(each -> row(table, each));
      table.print(out);
    }
    if (answer.path("omitted").asInt() > 0) {
      out.println("and " + answer.path("omitted").asInt() + " more: --limit");
    }
    for (JsonNode member : answer.path("alertmanagers")) {
      if (member.hasNonNull("fault")) {
        out.println(
            Printable.line(
                "The Alertmanager %s does not take alerts: %s"
                    .formatted(
                        member.path("address").asText("?"), member.path("fault").asText("?"))));
      }
    }
    if (answer.hasNonNull("fault")) {
      out.println(
          Printable.line("Newer alerts may be missing: " + answer.path("fault").asText("?")));
    }
  }

  private static void row(Table table, JsonNode alert) {
    String silenced = alert.hasNonNull("silence") ? " (silenced)" : "";
    table.row(
        alert.path("state").asText("?") + silenced,
        alert.path("severity").asText("?"),
        alert.path("alert").asText("?"),
        alert.path("pool").asText("?"),
        alert.path("startsAt").asText(alert.path("since").asText("?")),
        alert.path("summary").asText("?"));
  }
}
