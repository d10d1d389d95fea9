package io.fleetcompat.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict (its JSON: docs/rules.md 4) in words. */
public final class VerdictText {

  private VerdictText() {}

  /** The verdict for a pair, then why, what to set, and what to mind. */
  public static void print(JsonNode verdict, String source, String destination, PrintWriter out) {
    out.println(
        Printable.line(
            "%s: %s -> %s"
                .formatted(verdict.path("verdict").asText("UNKNOWN"), source, destination)));
    verdict.path("reasons").forEach(reason -> out.println("  " + Printable.line(reason(reason))));
    verdict
        .path("overridden")
        .forEach(each -> out.println("  " + Printable.line(overridden(each))));
    JsonNode pack = verdict.path("decidedBy");
    if (!pack.isMissingNode()) {
      out.println("  " + Printable.line(decidedBy(pack, failure(verdict))));
    }
    verdict
        .path("obligations")
        .forEach(obligation -> out.println("  " + Printable.line(obligation(obligation))));
    verdict
        .path("warnings")
        .forEach(warning -> out.println("  " + Printable.line(warning(warning))));
  }

  /** One reason: the rule, its sentence, and both values. */
  public static String reason(JsonNode reason) {
    StringBuilder line = new StringBuilder(reason.path("rule").asText("?"));
    String state = reason.path("state").asText("");
    if (!state.isEmpty()) {
      line.append(" (").append(state).append(')');
    }
    line.append(": ").append(reason.path("detail").asText(""));
    String attribute = reason.path("attribute").asText("");
    if (!attribute.isEmpty()) {
      line.append(" [").append(attribute).append(": source ").append(value(reason.get("source")));
      line.append(", destination ").append(value(reason.get("destination"))).append(']');
    }
    return line.toString();
  }

  /** A reason that does not count, and who says so. */
  private static String overridden(JsonNode overridden) {
    JsonNode by = overridden.path("override");
    return "overridden by %s (%s, %s: %s) %s"
        .formatted(
            by.path("id").asText("?"),
            by.path("author").asText("?"),
            by.hasNonNull("expires") ? "until " + by.path("expires").asText() : "for good",
            by.path("reason").asText("?"),
            reason(overridden));
  }

  private static String decidedBy(JsonNode pack, String failure) {
    StringBuilder line = new StringBuilder("decided by the rule pack ");
    line.append(pack.path("pack").asText("?"));
    List<String> documents = new ArrayList<>();
    pack.path("documents").forEach(document -> documents.add(document.asText()));
    if (!documents.isEmpty()) {
      line.append(", which rests on: ").append(String.join("; ", documents));
    }
    return line.append(failure).toString();
  }

  /** When it would fail, to follow other words; empty where no pack says it. */
  private static String failure(JsonNode verdict) {
    String time = verdict.path("failure").asText("");
    if (time.isEmpty()) {
      return "";
    }
    boolean fails = verdict.path("verdict").asText().equals("INCOMPATIBLE");
    return (fails ? "; a migration would fail " : "; a mismatch would be found ")
        + time
        + (verdict.path("failureInferred").asBoolean() ? " (inferred: no document says when)" : "");
  }

  private static String obligation(JsonNode obligation) {
    String attribute = obligation.path("attribute").asText("?");
    JsonNode value = obligation.get("value");
    return value == null || value.isNull()
        ? "to do: set " + attribute + " at the destination as at the source"
        : "to do: set " + attribute + " = " + value.asText() + " at the destination";
  }

  private static String warning(JsonNode warning) {
    String attribute = warning.path("attribute").asText("");
    return "warning "
        + warning.path("rule").asText("?")
        + (attribute.isEmpty() ? "" : " (" + attribute + ")")
        + ": "
        + warning.path("detail").asText("");
  }

  private static String value(@Nullable JsonNode value) {
    return value == null || value.isNull() ? "none" : "'" + value.asText() + "'";
  }
}
