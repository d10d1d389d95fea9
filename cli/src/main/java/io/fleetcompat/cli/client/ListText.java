package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** One member of each entry of a list, in one cell of a table. */
final class ListText {

  private ListText() {}

  static String of(JsonNode list, String member) {
    List<String> names = new ArrayList<>();
    list.forEach(entry -> names.add(entry.path(member).asText("?")));
    return names.isEmpty() ? "-" : String.join(",", names);
  }
}
