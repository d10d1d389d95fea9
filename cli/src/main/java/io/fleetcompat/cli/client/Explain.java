package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The command that shows every rule of a verdict, with both values and where the rule is written.
 */
@Command(
    name = "explain",
    description =
        "Say why SOURCE may go to DESTINATION or not: every rule, with both values and where the"
            + " rule is written. Exit status 0: yes; 3: no; 4: unknown.")
public final class Explain extends PairQuestion {

  @Parameters(
      index = "1",
      paramLabel = "DESTINATION",
      description = "The destination endpoint: HOST/DEVICE or HOST/PARENT/TYPE.")
  private String destination;

  private Explain() {}

  @Override
  String path() {
    return "/v1/explain";
  }

  @Override
  String destination() {
    return destination;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    super.describe(answer, out);
    out.println();
    Table table =
        Table.of("OUTCOME", "RULE", "FACET", "ATTRIBUTE", "SOURCE", "DESTINATION", "ORIGIN");
    for (JsonNode rule : answer.path("rules")) {
      table.row(
          rule.path("outcome").asText("-"),
          rule.path("rule").asText("-"),
          rule.path("facet").asText("-"),
          rule.path("attribute").asText("-"),
          rule.path("source").asText("-"),
          rule.path("destination").asText("-"),
          rule.path("origin").asText("-"));
    }
    table.print(out);
    drivers(answer, out);
    out.println();
    profile("source", answer.path("sourceProfile"), out);
    profile("destination", answer.path("destinationProfile"), out);
  }

  /** Who was asked where only a driver can tell, and what each answered. */
  private static void drivers(JsonNode answer, PrintWriter out) {
    for (JsonNode rule : answer.path("rules")) {
      if (rule.path("rule").asText().equals("opaque-rejected")) {
        out.println();
        out.println(Printable.line(rule.path("detail").asText()));
      }
    }
  }

  private static void profile(String role, JsonNode profile, PrintWriter out) {
    out.println(
        Printable.line(
            role + " profile: " + profile.path("id").asText(profile.path("profile").asText("-"))));
  }
}
