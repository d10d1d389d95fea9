package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words for how far the index knows a host, as the API tells it. */
public final class ExtentText {

  private ExtentText() {}

  /** The sentence that a part of the host is not in the index; empty where all of it is. */
  static Optional<String> refused(JsonNode host) {
    int refused = host.path("refused").asInt();
    return refused > 0
        ? Optional.of(
            "%s: %d endpoints, facts or directories are beyond a bound and not in the index"
                .formatted(host.path("host").asText("?"), refused))
        : Optional.empty();
  }

  /** A sentence for each thing that may be missing, and for each card that types are known of. */
  public static List<String> of(JsonNode host) {
    List<String> sentences = new ArrayList<>();
    refused(host).ifPresent(sentences::add);
    host.path("incomplete")
        .properties()
        .forEach(
            parent ->
                sentences.add(
                    "%s may offer more types: %s"
                        .formatted(parent.getKey(), parent.getValue().asText())));
    host.path("supportedSince")
        .properties()
        .forEach(
            card ->
                sentences.add(
                    "types that %s supports are remembered since %s"
                        .formatted(card.getKey(), card.getValue().asText())));
    return sentences;
  }
}
