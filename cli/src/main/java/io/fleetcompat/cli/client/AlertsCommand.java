package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.alerts.AlertRulesCheck;
import io.fleetcompat.cli.alerts.AlertRulesPrint;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.cli.output.Terminal;
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

  /** Most alerts of an answer. */
  private static final String MOST = "10000";

  @Option(names = "--pool", paramLabel = "POOL", description = "Only those about this pool.")
  private Optional<String> pool;

  @Option(names = "--alert", paramLabel = "NAME", description = "Only those of this rule.")
  private Optional<String> alert;

  @Option(
      names = "--state",
      paramLabel = "STATE,...",
      description = "Only those in these states: pending, firing, resolved.")
  private Optional<String> state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Return at most N alerts, 1 to 10000 (default: on a terminal 1000, through a pipe or into"
              + " a file 10000).")
  private Optional<String> limit;

  @Option(names = "--all", description = "Return all alerts, up to 10000, on a terminal, too.")
  private boolean all;

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
    parameters.put("limit", limit.or(this::most));
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

  /** The number that a reader of a pipe wants: as many as there may be. */
  private Optional<String> most() {
    return all || !Terminal.isThere() ? Optional.of(MOST) : Optional.empty();
  }

  @Override
  void tellRest(JsonNode answer, PrintWriter err) {
    int omitted = answer.path("omitted").asInt();
    if (omitted > 0) {
      err.println(
          "fleetcompat: there are %d more: --pool, --alert, --state and --limit choose"
              .formatted(omitted));
      err.flush();
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
