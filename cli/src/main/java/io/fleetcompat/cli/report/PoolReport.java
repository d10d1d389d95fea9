package io.fleetcompat.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ChangeText;
import io.fleetcompat.cli.report.Curve.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a report about a pool between two times, as the API has answered it, in the order
 * in which it is read. Pure.
 *
 * @param before the pool at the first time
 * @param after the pool at the second time
 * @param matrixBefore its matrix then
 * @param matrixAfter its matrix
 * @param difference between the two
 * @param waves of upgrades
 * @param health changes of its health, the oldest first
 * @param changes all else that has changed, the newest first
 * @param cut whether there are more changes than were asked for
 */
public record PoolReport(
    String pool,
    Instant from,
    Instant to,
    JsonNode before,
    JsonNode after,
    JsonNode matrixBefore,
    JsonNode matrixAfter,
    JsonNode difference,
    JsonNode waves,
    List<JsonNode> health,
    List<JsonNode> changes,
    boolean cut) {

  /** Writes all of it. */
  public void write(ReportPage page) {
    page.title("Pool %s from %s to %s".formatted(pool, from, to));
    numbers(page);
    page.heading("Movable share");
    page.paragraph(
        "Endpoints of live hosts with a compatible destination on another live host of the pool.");
    List<Instant> begins = new ArrayList<>();
    waves.path("waves").forEach(wave -> begins.add(Instant.parse(wave.path("begin").asText())));
    page.plot(List.of(curve("devices"), curve("types")), begins);
    upgrades(page);
    stranded(page);
    matrix(page, "Matrix before", matrixBefore);
    matrix(page, "Matrix after", matrixAfter);
    changes(page);
    page.paragraph(
        "By the rules %s; before, by %s."
            .formatted(
                difference.path("ruleSetAfter").asText("-"),
                difference.path("ruleSetBefore").asText("-")));
  }

  private void numbers(ReportPage page) {
    List<List<String>> rows = new ArrayList<>();
    row(rows, "hosts", before.path("hosts"), after.path("hosts"));
    for (String sort : List.of("devices", "types")) {
      JsonNode was = before.path("health").path(sort);
      JsonNode is = after.path("health").path(sort);
      row(rows, sort, was.path("endpoints"), is.path("endpoints"));
      row(rows, sort + " that are movable", was.path("movable"), is.path("movable"));
      row(rows, sort + " that are stranded", was.path("stranded"), is.path("stranded"));
    }
    row(
        rows,
        "pairs of profiles that go one way only",
        before.path("health").path("oneWayPairs"),
        after.path("health").path("oneWayPairs"));
    rows.add(List.of("split", split(before), split(after)));
    page.table(List.of("", "before", "after"), rows);
    page.paragraph(
        "Pairs of an endpoint and another live host of the pool to which it can go: %s; %s."
            .formatted(pairs("devices"), pairs("types")));
  }

  private static String split(JsonNode pool) {
    JsonNode split = pool.path("health").path("split");
    return split.isBoolean() ? (split.asBoolean() ? "yes" : "no") : "-";
  }

  /** The pairs that came and went. A pool that does not differ has no part of the difference. */
  private String pairs(String sort) {
    return "of %s, %s gained and %s lost"
        .formatted(
            sort,
            difference(sort).path("pairsGained").asText("0"),
            difference(sort).path("pairsLost").asText("0"));
  }

  private static void row(List<List<String>> rows, String what, JsonNode was, JsonNode is) {
    rows.add(List.of(what, was.asText("-"), is.asText("-")));
  }

  /** The pool's part of the difference; missing where it does not differ. */
  private JsonNode difference(String sort) {
    return difference.path("pools").path(0).path(sort);
  }

  /** The share of movable endpoints: as it was at first, and after each change of it. */
  Curve curve(String sort) {
    JsonNode at = before.path("health").path(sort);
    double movable = at.path("movable").asDouble();
    double stranded = at.path("stranded").asDouble();
    List<Point> points = new ArrayList<>();
    points.add(new Point(from, share(movable, stranded)));
    for (JsonNode change : health) {
      for (JsonNode value : change.path("values")) {
        String name = value.path("name").asText();
        double to = value.path("to").asDouble(); // a pool without such endpoints has none
        movable = name.equals("movable " + sort) ? to : movable;
        stranded = name.equals("stranded " + sort) ? to : stranded;
      }
      points.add(new Point(Instant.parse(change.path("at").asText()), share(movable, stranded)));
    }
    points.add(new Point(to, points.getLast().share()));
    return new Curve(sort, points);
  }

  /** The share of movable ones; of nothing, nothing is stranded. */
  private static double share(double movable, double stranded) {
    return movable + stranded == 0 ? 1 : movable / (movable + stranded);
  }

  private void upgrades(ReportPage page) {
    page.heading("Upgrades");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode wave : waves.path("waves")) {
      List<String> transition = new ArrayList<>();
      wave.path("transition")
          .forEach(
              each ->
                  transition.add(
                      each.path("name").asText()
                          + " "
                          + each.path("from").asText("none")
                          + " -> "
                          + each.path("to").asText("none")));
      rows.add(
          List.of(
              wave.path("begin").asText(),
              String.join(", ", transition),
              wave.path("hosts").asText(),
              wave.path("leftBehind").asText(),
              ways(wave.path("forward")),
              ways(wave.path("back"))));
    }
    if (rows.isEmpty()) {
      page.paragraph("None.");
    } else {
      page.table(
          List.of("since", "what", "hosts", "left behind", "old to new", "new to old"), rows);
    }
  }

  private static String ways(JsonNode ways) {
    return "%s yes, %s no, %s unknown"
        .formatted(
            ways.path("compatible").asText("?"),
            ways.path("incompatible").asText("?"),
            ways.path("unknown").asText("?"));
  }

  private void stranded(ReportPage page) {
    page.heading("Stranded since");
    List<List<String>> rows = new ArrayList<>();
    for (String sort : List.of("devices", "types")) {
      difference(sort)
          .path("newlyStranded")
          .path("names")
          .forEach(name -> rows.add(List.of(name.asText())));
    }
    if (rows.isEmpty()) {
      page.paragraph("Nothing.");
    } else {
      page.table(List.of("endpoint"), rows);
    }
    List<List<String>> reasons = new ArrayList<>();
    for (JsonNode blocker : after.path("blockers")) {
      reasons.add(
          List.of(
              blocker.path("rule").asText("-"),
              blocker.path("detail").asText("-"),
              blocker.path("strands").path("devices").asText("-"),
              blocker.path("frees").path("devices").asText("-")));
    }
    if (!reasons.isEmpty()) {
      page.paragraph("Reasons that strand endpoints of the pool now:");
      page.table(List.of("rule", "reason", "strands devices", "would free devices"), reasons);
    }
  }

  private static void matrix(ReportPage page, String heading, JsonNode matrix) {
    page.heading(heading);
    List<String> names = new ArrayList<>();
    matrix
        .path("profiles")
        .forEach(
            each ->
                names.add(
                    "%s %s (%s endpoints)"
                        .formatted(
                            each.path("profile").asText("?").substring(0, 8),
                            each.path("like").asText(""),
                            each.path("endpoints").asText("?"))));
    List<String> rows = new ArrayList<>();
    matrix.path("rows").forEach(row -> rows.add(row.asText()));
    if (rows.isEmpty()) {
      page.paragraph("No live host has anything.");
      return;
    }
    page.paragraph(
        "Profiles of live hosts as sources (rows) and destinations (columns), in the same order.");
    page.matrix(names, rows);
    if (matrix.path("omitted").asInt() > 0) {
      page.paragraph(matrix.path("omitted").asText() + " more profiles are left out.");
    }
  }

  private void changes(ReportPage page) {
    page.heading("Changes");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode change : changes) {
      rows.add(
          List.of(
              change.path("at").asText("-"),
              change.path("kind").asText("?") + "/" + change.path("name").asText("?"),
              ChangeText.causes(change),
              ChangeText.of(change)));
    }
    if (rows.isEmpty()) {
      page.paragraph("None.");
    } else {
      page.table(List.of("time", "what", "causes", "change"), rows);
    }
    if (cut) {
      page.paragraph("There are more: fleetcompat audit changes --pool lists them.");
    }
  }
}
