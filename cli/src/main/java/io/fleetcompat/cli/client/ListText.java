package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Members of answers, in one cell of a table. */
final class ListText {

  private ListText() {}

  /** Kind, vendor and type of a profile, as far as they are known. */
  static String like(JsonNode profile) {
    String like = profile.path("like").asText("");
    return like.isEmpty() ? "-" : like;
  }

  static String of(JsonNode list, String member) {
    List<String> names = new ArrayList<>();
    list.forEach(entry -> names.add(entry.path(member).asText("?")));
    return names.isEmpty() ? "-" : String.join(",", names);
  }
}
