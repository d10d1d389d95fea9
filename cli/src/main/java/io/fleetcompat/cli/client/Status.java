package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The command that shows what the index holds, and how far behind it is. */
@Command(
    name = "status",
    description = "Show the state of the index. Exit status 6: it is not ready, or it is behind.")
public final class Status extends Question {

  private Status() {}

  @Override
  String path() {
    return "/v1/status";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    return Map.of();
  }

  @Override
  int status(JsonNode answer) {
    boolean good = answer.path("ready").asBoolean(true) && !answer.path("stale").asBoolean();
    return good ? ExitStatus.OK : ExitStatus.TOO_STALE;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    Table table = Table.of("WHAT", "VALUE");
    for (Map.Entry<String, JsonNode> entry : answer.properties()) {
      JsonNode value = entry.getValue();
      if (!entry.getKey().equals("problems")) {
        table.row(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    table.print(out);
    List<String> problems = ProblemText.ofStatus(answer);
    if (!problems.isEmpty()) {
      out.println();
      out.println("problems of hosts ('hosts NAME' shows each):");
      problems.forEach(sentence -> out.println(Printable.line("  " + sentence)));
    }
    JsonNode refused = answer.path("refusedRules");
    if (refused.isObject()) {
      out.println();
      out.println(
          Printable.line(
              "newer rules are refused, and the ones before them stay: "
                  + refused.path("reason").asText()));
    }
  }
}
