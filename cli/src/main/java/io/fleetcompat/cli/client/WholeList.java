package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A list of which the pages are asked one after the other.
 *
 * @param parameters of the first page
 * @param member the name that the list has in answers
 */
record WholeList(Api api, String path, Map<String, Optional<String>> parameters, String member) {

  private static final String NEXT = "next";
  private static final String MIN_REVISION = "min-revision";

  /**
   * All pages as one answer, whose other members are those of the first page: the oldest one, so
   * that no more is promised than all of them keep.
   */
  Api.Answer answer() {
    Api.Answer first = api.get(path, parameters);
    if (!(first.json() instanceof ObjectNode whole)
        || !(whole.path(member) instanceof ArrayNode entries)
        || !whole.hasNonNull(NEXT)) {
      return first;
    }
    Map<String, Optional<String>> following = new LinkedHashMap<>(parameters);
    if (!parameters.getOrDefault("as-of", Optional.empty()).isPresent()
        && whole.path("revision").isIntegralNumber()) {
      // Another replica, behind the same address, may know less.
      following.put(MIN_REVISION, Optional.of(whole.path("revision").asText()));
    }
    String next = whole.path(NEXT).asText();
    while (!next.isEmpty()) {
      following.put("cursor", Optional.of(next));
      JsonNode page = api.get(path, following).json();
      page.path(member).forEach(entries::add);
      next = following(page, next);
    }
    whole.putNull(NEXT);
    return new Api.Answer(whole.toString(), whole);
  }

  /** The cursor of the page after this one; empty after the last. */
  private String following(JsonNode page, String before) {
    String next = page.hasNonNull(NEXT) ? page.path(NEXT).asText() : "";
    if (next.equals(before)) {
      throw CommandFailure.failed(
          "expected %s to name another page after %s, found the same again"
              .formatted(api.base() + path, before));
    }
    return next;
  }
}
