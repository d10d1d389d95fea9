package io.fleetcompat.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words about one change. */
public final class ChangeText {

  /** Most values and moves that are told of one change; the rest are counted. */
  private static final int MOST_TOLD = 4;

  private ChangeText() {}

  /** The causes, as they are spelled. */
  public static String causes(JsonNode change) {
    return change
        .path("causes")
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  /** The values and moves in words; empty where the cause says all. */
  public static String of(JsonNode change) {
    List<String> parts = new ArrayList<>(values(change.path("values")));
    parts.addAll(told(change.path("moves").valueStream().map(ChangeText::move).toList()));
    return String.join("; ", parts);
  }

  private static List<String> values(JsonNode values) {
    return told(values.valueStream().map(ChangeText::value).toList());
  }

  private static List<String> told(List<String> all) {
    if (all.size() <= MOST_TOLD) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, MOST_TOLD));
    some.add("and " + (all.size() - MOST_TOLD) + " more");
    return some;
  }

  private static String value(JsonNode value) {
    String name = value.path("name").asText("?");
    if (!value.hasNonNull("from")) {
      return name + " added: " + value.path("to").asText("?");
    }
    if (!value.hasNonNull("to")) {
      return name + " removed, was " + value.path("from").asText();
    }
    return name + " " + value.path("from").asText() + " -> " + value.path("to").asText();
  }

  private static String move(JsonNode move) {
    String who = endpoints(move);
    if (!move.hasNonNull("from")) {
      return who + " appeared";
    }
    if (!move.hasNonNull("to")) {
      return who + " went";
    }
    String values = String.join(", ", values(move.path("values")));
    return who + ": " + (values.isEmpty() ? "another profile" : values);
  }

  private static String endpoints(JsonNode move) {
    int devices = move.path("devices").asInt();
    int types = move.path("types").asInt();
    JsonNode names = move.path("endpoints");
    if (devices + types == 1 && names.size() == 1) {
      return names.path(0).asText();
    }
    List<String> counts = new ArrayList<>();
    if (devices > 0) {
      counts.add(devices == 1 ? "1 device" : devices + " devices");
    }
    if (types > 0) {
      counts.add(types == 1 ? "1 type" : types + " types");
    }
    return counts.isEmpty() ? "no endpoint" : String.join(", ", counts);
  }

  /** Prints what is not known of the time that was asked for. */
  public static void printGaps(JsonNode page, PrintWriter out) {
    String since = page.path("since").asText("");
    String complete = page.path("completeSince").asText("");
    if (!page.hasNonNull("completeSince")) {
      out.println("The history of this API is not complete yet: there may be more changes.");
    } else if (complete.compareTo(since) > 0) { // both as RFC 3339 in UTC, with milliseconds
      out.println(Printable.line("Changes before " + complete + " are not all known."));
    }
    if (page.path("lag").asLong() > 0) {
      out.println(Printable.line(page.path("lag").asText() + " newer changes are not read yet."));
    }
  }
}
