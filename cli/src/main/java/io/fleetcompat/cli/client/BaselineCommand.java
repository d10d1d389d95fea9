package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.RuleSetText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that tells which values would let all like endpoints of a pool go everywhere. */
@Command(
    name = "baseline",
    description = {
      "Tell which attributes would have to be the same on all live hosts of a pool for like"
          + " endpoints to go everywhere, with which value, and what hosts would give up. It"
          + " changes nothing.",
      "Exit status 3: something would have to change; 4: no values were found that do."
    })
public final class BaselineCommand extends Question {

  @Option(names = "--pool", paramLabel = "POOL", required = true, description = "The pool.")
  private String pool;

  private BaselineCommand() {}

  @Override
  String path() {
    return "/v1/pools/" + Api.encode(pool) + "/baseline";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    return new LinkedHashMap<>();
  }

  @Override
  int status(JsonNode answer) {
    int status = ExitStatus.OK;
    for (JsonNode family : answer.path("families")) {
      if (family.path("compatibleThen").asLong() < family.path("pairs").asLong()) {
        return ExitStatus.UNKNOWN;
      }
      status = family.path("changes").isEmpty() ? status : ExitStatus.INCOMPATIBLE;
    }
    return status;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    if (answer.path("families").isEmpty()) {
      out.println("No live host of the pool has an endpoint whose kind is known.");
    }
    answer.path("families").forEach(family -> family(family, out));
    RuleSetText.print(answer, out);
  }

  private static void family(JsonNode family, PrintWriter out) {
    String words =
        "%s %s %s: %d hosts, %d profiles: %d of %d pairs are compatible"
            .formatted(
                family.path("kind").asText("?"),
                family.path("vendor").asText("-"),
                family.path("type").asText("-"),
                family.path("hosts").asInt(),
                family.path("profiles").asInt(),
                family.path("compatible").asLong(),
                family.path("pairs").asLong());
    out.println(Printable.line(words));
    for (JsonNode change : family.path("changes")) {
      out.println(
          Printable.line(
              "  %s = %s everywhere"
                  .formatted(
                      change.path("attribute").asText("?"), change.path("value").asText("?"))));
      change
          .path("alternatives")
          .forEach(value -> out.println(Printable.line("    or " + value.asText("?"))));
      givenUp(change, out);
      range(change.path("range"), out);
    }
    if (!family.path("changes").isEmpty()) {
      out.println(
          "  then %d of %d pairs would be compatible"
              .formatted(family.path("compatibleThen").asLong(), family.path("pairs").asLong()));
    } else if (family.path("compatible").asLong() < family.path("pairs").asLong()) {
      out.println("  no value of one attribute would make more of them compatible");
    }
    if (family.path("omitted").asInt() > 0) {
      out.println("  %d profiles were not looked at".formatted(family.path("omitted").asInt()));
    }
  }

  private static void givenUp(JsonNode of, PrintWriter out) {
    for (JsonNode given : of.path("givenUp")) {
      out.println(
          Printable.line(
              "    %d hosts have %s"
                  .formatted(given.path("hosts").asInt(), given.path("value").asText("none"))));
    }
  }

  /** Says nothing of a range that is the value alone, unless it may be wider. */
  private static void range(JsonNode range, PrintWriter out) {
    if (range.path("values").size() > 1) {
      out.println(
          Printable.line(
              "  or from %s to %s, among which hosts may differ (%d versions that hosts have)"
                  .formatted(
                      range.path("lowest").asText("?"),
                      range.path("highest").asText("?"),
                      range.path("values").size())));
      givenUp(range, out);
    }
    if (range.path("notJudged").asInt() > 0) {
      out.println(
          "    perhaps in a wider range: %d more versions were not looked at"
              .formatted(range.path("notJudged").asInt()));
    }
  }
}
