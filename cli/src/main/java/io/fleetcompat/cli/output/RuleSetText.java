package io.fleetcompat.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** The words about the rule set that an answer is by. */
public final class RuleSetText {

  private RuleSetText() {}

  /** The line below a verdict or a list of them. */
  public static void print(JsonNode answer, PrintWriter out) {
    JsonNode ruleSet = answer.path("ruleSet");
    out.println(
        Printable.line(
            ruleSet.isTextual()
                ? "  by the rules " + ruleSet.asText()
                : "  by no rules: nothing is judged yet"));
  }
}
