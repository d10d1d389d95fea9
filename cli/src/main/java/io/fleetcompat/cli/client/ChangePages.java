package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The pages of one question for changes, asked one after the other. */
final class ChangePages {

  /** Most changes of one page. */
  private static final int PAGE = 1000;

  private final Api api;
  private final Map<String, Optional<String>> parameters;
  private JsonNode last = MissingNode.getInstance();

  ChangePages(Api api, Map<String, Optional<String>> parameters) {
    this.api = api;
    this.parameters = new LinkedHashMap<>(parameters);
  }

  /** Gives the changes, the newest first, up to a number. */
  void forEach(long most, Consumer<JsonNode> consumer) {
    long left = most;
    do {
      parameters.put("limit", Optional.of(String.valueOf(Math.clamp(left, 1, PAGE))));
      last = api.get("/v1/changes", parameters).json();
      for (JsonNode change : last.path("changes")) {
        consumer.accept(change);
        left--;
      }
      parameters.put("cursor", Optional.of(last.path("next").asText()));
    } while (left > 0 && last.hasNonNull("next"));
  }

  /** The members of the last page, about itself and all of them. */
  JsonNode last() {
    return last;
  }

  /** True where there are more than were given. */
  boolean hasMore() {
    return last.hasNonNull("next");
  }
}
