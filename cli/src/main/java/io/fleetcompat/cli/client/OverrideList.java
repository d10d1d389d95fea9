package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The command that lists the rules that are turned off for some pairs. */
@Command(
    name = "list",
    description =
        "List the overrides, and which of them count now. The whole reasons: -o json or yaml.")
public final class OverrideList extends Listing {

  /** Most characters of a reason that a table shows. */
  private static final int MAX_REASON = 60;

  private static final String NOT_JUDGED = " (1)";

  private static final String LEGEND =
      " names no rule that is judged now: its pack was changed or removed, or another option of it"
          + " is chosen ('rules show PACK')";

  private OverrideList() {}

  @Override
  String collection() {
    return "/v1/overrides";
  }

  @Override
  Optional<String> member() {
    return Optional.empty();
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    JsonNode overrides = answer.path("overrides");
    if (overrides.isEmpty()) {
      out.println("no overrides");
      return;
    }
    Table table =
        Table.of("ID", "STATE", "RULE", "SCOPE", "FROM", "TO", "AUTHOR", "EXPIRES", "REASON");
    for (JsonNode each : overrides) {
      table.row(
          each.path("id").asText("-"),
          each.path("state").asText("-"),
          each.path("rule").asText("-") + (isJudged(each) ? "" : NOT_JUDGED),
          each.path("scope").asText("-"),
          each.path("source").asText("-"),
          each.path("destination").asText("-"),
          each.path("author").asText("-"),
          each.hasNonNull("expires") ? each.path("expires").asText() : "never",
          shown(each.path("reason").asText("-")));
    }
    table.print(out);
    if (!overrides.valueStream().allMatch(OverrideList::isJudged)) {
      out.println(NOT_JUDGED.strip() + LEGEND);
    }
  }

  /** An API of an older version does not say. */
  private static boolean isJudged(JsonNode override) {
    return override.path("ruleJudged").asBoolean(true);
  }

  private static String shown(String reason) {
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }
}
