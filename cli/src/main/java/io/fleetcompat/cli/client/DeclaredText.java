package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The words about a device of which something is declared, as the API answers it. */
public final class DeclaredText {

  private DeclaredText() {}

  /** One line, not yet escaped. */
  public static String of(JsonNode claim) {
    String endpoint = claim.path("endpoint").asText("?");
    String declared = claim.path("declared").asText("?");
    String detail = claim.path("detail").asText("");
    return switch (claim.path("finding").asText("")) {
      case "contradicted" ->
          "%s is declared live_migratable=%s, and its driver shows the contrary: %s"
              .formatted(endpoint, declared, detail);
      case "confirmed" ->
          "%s is declared live_migratable=%s, as its driver shows: %s"
              .formatted(endpoint, declared, detail);
      default ->
          "%s is declared live_migratable=%s, which cannot be compared: %s"
              .formatted(endpoint, declared, detail);
    };
  }
}
