package io.fleetcompat.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict (its JSON: docs/rules.md 4) in words. */
public final class VerdictText {

  /** Characters of a folded line, so that it has 80 with what stands before it. */
  private static final int FOLDED = 76;

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
      decidedBy(pack, failure(verdict), out);
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

  private static void decidedBy(JsonNode pack, String failure, PrintWriter out) {
    String name = pack.path("pack").asText("?");
    out.println("  " + Printable.line("decided by the rule pack " + name + failure));
    List<String> documents = new ArrayList<>();
    pack.path("documents").forEach(document -> documents.add(Printable.line(document.asText())));
    if (!documents.isEmpty()) {
      folded("which rests on: ", documents).forEach(line -> out.println("    " + line));
    }
  }

  /** Texts with semicolons between them, in lines that no text is cut for. */
  private static List<String> folded(String first, List<String> texts) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first).append(texts.getFirst());
    for (String text : texts.subList(1, texts.size())) {
      line.append(';');
      if (line.length() + 1 + text.length() > FOLDED) {
        lines.add(line.toString());
        line.setLength(0);
      } else {
        line.append(' ');
      }
      line.append(text);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The time at which it would fail, to follow other words; empty where no pack says it. */
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
