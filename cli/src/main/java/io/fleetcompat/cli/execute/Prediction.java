package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.CommandFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pool as it is and as it would be once the hosts of a wave have changed, as {@code
 * /v1/what-if} tells.
 *
 * @param profiles which profile becomes which; the others stay
 * @param now health of the pool
 * @param then health after the change
 */
record Prediction(Map<String, String> profiles, JsonNode now, JsonNode then) {

  Prediction {
    profiles = Map.copyOf(profiles);
  }

  /**
   * Asks for it.
   *
   * @param hosts of the pool
   */
  static Prediction ask(Index index, PlayableChange change, String pool, Iterable<String> hosts) {
    JsonNode answer = index.ask("/v1/what-if", Map.of(), Optional.of(change.of(hosts).toString()));
    if (answer.path("profilesOmitted").asInt() > 0) {
      throw CommandFailure.failed(
          "expected a wave in which at most 100 profiles become others, found more: plan for fewer"
              + " hosts");
    }
    Map<String, String> profiles = new HashMap<>();
    answer
        .path("profiles")
        .forEach(each -> profiles.put(each.path("from").asText(), each.path("to").asText()));
    for (JsonNode each : answer.path("pools")) {
      if (each.at("/difference/pool").asText().equals(pool)) {
        return new Prediction(profiles, each.path("healthBefore"), each.path("healthAfter"));
      }
    }
    throw CommandFailure.failed("expected the pool of the plan in the answer of /v1/what-if");
  }

  /** The difference between what was predicted and what is; empty where there is none. */
  Optional<String> difference(Prediction after) {
    if (!after.profiles.isEmpty()) {
      return Optional.of(
          "expected hosts that have all of the change, found %d profiles that it would still change"
              .formatted(after.profiles.size()));
    }
    for (String part : new String[] {"devices", "types"}) {
      if (!then.path(part).equals(after.now.path(part))) {
        return Optional.of(
            "expected the health of %s %s, found %s"
                .formatted(part, then.path(part), after.now.path(part)));
      }
    }
    return Optional.empty();
  }

  /** The movable share of the pool's devices. */
  static String movable(JsonNode health) {
    return "%d of %d"
        .formatted(
            health.at("/devices/movable").asLong(), health.at("/devices/endpoints").asLong());
  }
}
