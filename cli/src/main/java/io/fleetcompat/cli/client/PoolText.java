package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.cli.output.VerdictText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The words about the health of pools. */
final class PoolText {

  /** As many hosts as a finding names: there may be more. */
  private static final int MOST_HOSTS = 10;

  private PoolText() {}

  /** The words of a line about one pool among others: what is wrong with it. */
  static String state(JsonNode health) {
    if (!health.isObject()) {
      return "not assessed yet";
    }
    List<String> wrong = new ArrayList<>();
    if (health.path("split").asBoolean()) {
      wrong.add("split");
    }
    count(wrong, health.path("oneWayPairs"), "%d pairs go one way only");
    count(wrong, health.path("notAssessed"), "%d profiles not known yet");
    count(wrong, health.path("stale"), "%d hosts stale");
    count(wrong, health.path("lost"), "%d hosts lost");
    return wrong.isEmpty() ? "-" : String.join(", ", wrong);
  }

  private static void count(List<String> wrong, JsonNode number, String words) {
    if (number.asLong() > 0) {
      wrong.add(words.formatted(number.asLong()));
    }
  }

  /** The number of stranded endpoints among all. */
  static String stranded(JsonNode movability) {
    return movability.isObject()
        ? "%d of %d"
            .formatted(movability.path("stranded").asLong(), movability.path("endpoints").asLong())
        : "?";
  }

  /** All that is told of the health of one pool. */
  static void print(JsonNode pool, PrintWriter out) {
    JsonNode health = pool.path("health");
    if (!health.isObject()) {
      out.println("  not assessed yet: the indexer has told nothing of it");
      return;
    }
    line(
        out,
        "  %d live, %d stale, %d lost; as it is since %s, by the rules %s"
            .formatted(
                health.path("fresh").asLong(),
                health.path("stale").asLong(),
                health.path("lost").asLong(),
                health.path("since").asText("?"),
                health.path("ruleSet").asText("?")));
    movability("devices", health.path("devices"), out);
    movability("types", health.path("types"), out);
    if (health.path("oneWayPairs").asLong() > 0) {
      line(
          out,
          "  %d pairs of profiles go one way only: what went there cannot come back"
              .formatted(health.path("oneWayPairs").asLong()));
    }
    if (health.path("notAssessed").asLong() > 0) {
      line(
          out,
          "  %d profiles are not known yet, and count as stranded"
              .formatted(health.path("notAssessed").asLong()));
    }
    each(pool.path("families"))
        .filter(family -> family.path("groups").asInt() > 1)
        .forEach(family -> split(family, out));
    omitted(pool.path("familiesOmitted"), "kinds, vendors and types", out);
    each(pool.path("findings")).forEach(finding -> finding(finding, out));
    reasons(pool, out);
    stranded(pool, out);
  }

  private static void movability(String what, JsonNode of, PrintWriter out) {
    long endpoints = of.path("endpoints").asLong();
    if (endpoints == 0) {
      line(out, "  %s: none".formatted(what));
      return;
    }
    StringBuilder words = new StringBuilder();
    words.append("  %s: %d of %d can move".formatted(what, of.path("movable").asLong(), endpoints));
    if (of.path("full").asLong() > 0) {
      words.append(" (%d only where none can be created now)".formatted(of.path("full").asLong()));
    }
    if (of.path("stranded").asLong() > 0) {
      words.append(", %d stranded".formatted(of.path("stranded").asLong()));
    }
    if (of.path("unknown").asLong() > 0) {
      words.append(" (of %d nobody knows it)".formatted(of.path("unknown").asLong()));
    }
    out.println(words);
  }

  private static void finding(JsonNode finding, PrintWriter out) {
    String kind = finding.path("finding").asText("?");
    String words =
        switch (kind) {
          case "stale-host" -> "hosts are not heard of";
          case "twin-host" -> "hosts have a name that two collectors use";
          case "conflicting-documents" ->
              "hosts have a name under which two documents with one version were sent";
          case "false-speaker" -> "hosts have a name under which somebody else writes";
          case "probe-conflict" -> "questions to drivers have answers that disagree";
          case "declared-not-observed" -> "devices are declared the contrary of what drivers show";
          default -> kind;
        };
    List<String> hosts = each(finding.path("hosts")).map(host -> host.asText("?")).toList();
    line(
        out,
        "  %d %s: %s%s"
            .formatted(
                finding.path("count").asLong(),
                words,
                String.join(", ", hosts),
                hosts.size() == MOST_HOSTS ? ", …" : ""));
  }

  private static void split(JsonNode family, PrintWriter out) {
    String type = family.path("type").asText("");
    String vendor = family.path("vendor").asText("");
    int groups = family.path("groups").asInt();
    int atLeast = family.path("atLeast").asInt();
    line(
        out,
        "  split: the %d profiles of %s%s%s fall into %d groups%s"
            .formatted(
                family.path("profiles").asInt(),
                family.path("kind").asText("?"),
                vendor.isEmpty() ? "" : " " + vendor,
                type.isEmpty() ? "" : " " + type,
                groups,
                atLeast == groups ? "" : ", at least " + atLeast + " whatever is not known"));
  }

  private static void reasons(JsonNode pool, PrintWriter out) {
    List<JsonNode> reasons = each(pool.path("reasons")).toList();
    if (reasons.isEmpty()) {
      return;
    }
    out.println();
    out.println("what strands them, and what each alone would free:");
    for (JsonNode reason : reasons) {
      line(
          out,
          "  frees %s on %d hosts: %s"
              .formatted(
                  freed(reason), reason.path("sourceHosts").asLong(), VerdictText.reason(reason)));
    }
    omitted(pool.path("reasonsOmitted"), "reasons", out);
    omitted(pool.path("unexplained"), "stranded profiles were not looked at", out);
  }

  private static String freed(JsonNode reason) {
    List<String> words = new ArrayList<>();
    freed(words, reason, "freesDevices", "strandsDevices", "devices");
    freed(words, reason, "freesTypes", "strandsTypes", "types");
    return String.join(" and ", words);
  }

  private static void freed(
      List<String> words, JsonNode reason, String frees, String strands, String what) {
    if (reason.path(strands).asLong() > 0) {
      words.add(
          "%d of %d %s"
              .formatted(reason.path(frees).asLong(), reason.path(strands).asLong(), what));
    }
  }

  private static void stranded(JsonNode pool, PrintWriter out) {
    List<JsonNode> stranded = each(pool.path("stranded")).toList();
    if (stranded.isEmpty()) {
      return;
    }
    out.println();
    Table table = Table.of("STRANDED PROFILE", "DEVICES", "TYPES", "UNKNOWN", "WHERE");
    for (JsonNode each : stranded) {
      long unknown = each.path("unknownDevices").asLong() + each.path("unknownTypes").asLong();
      table.row(
          each.path("profile").asText("-"),
          each.path("devices").asText("-"),
          each.path("types").asText("-"),
          String.valueOf(unknown),
          where(each));
    }
    table.print(out);
    omitted(pool.path("strandedOmitted"), "stranded profiles", out);
  }

  private static String where(JsonNode stranded) {
    List<String> endpoints = each(stranded.path("endpoints")).map(JsonNode::asText).toList();
    long all = stranded.path("devices").asLong() + stranded.path("types").asLong();
    String first = endpoints.isEmpty() ? "-" : endpoints.getFirst();
    String more = all > 1 ? " and " + (all - 1) + " more" : "";
    String alone = stranded.path("alone").asBoolean() ? "; nothing like it elsewhere" : "";
    return first + more + alone;
  }

  private static void omitted(JsonNode number, String what, PrintWriter out) {
    if (number.asLong() > 0) {
      line(out, "  … %d more %s".formatted(number.asLong(), what));
    }
  }

  private static void line(PrintWriter out, String words) {
    out.println(Printable.line(words));
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
