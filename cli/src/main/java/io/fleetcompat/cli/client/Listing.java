package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A question that lists a collection page by page, or shows one of its members. */
abstract class Listing extends Question {

  @Option(names = "--limit", paramLabel = "N", description = "Return at most N entries.")
  private Optional<String> limit;

  @Option(
      names = "--cursor",
      paramLabel = "C",
      description = "Return the page that follows: C is what the page before printed.")
  private Optional<String> cursor;

  /** The path of the collection. */
  abstract String collection();

  /** The member to be shown; empty for the list. */
  abstract Optional<String> member();

  @Override
  final String path() {
    return collection() + member().map(name -> "/" + Api.encode(name)).orElse("");
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("limit", limit);
    parameters.put("cursor", cursor);
    return parameters;
  }

  static void more(JsonNode answer, PrintWriter out) {
    if (answer.hasNonNull("next")) {
      out.println(Printable.line("next page: --cursor " + answer.path("next").asText()));
    }
  }
}
