package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.override.RuleOverride;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The effect that an override would have, in words. */
public final class Effect {

  /** The words where nobody was asked. */
  public static final String NOT_KNOWN =
      "what it changes is not known, since no --api was given to ask";

  private Effect() {}

  /** The words of the API for it. */
  public static String of(Api api, RuleOverride override) {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("rule", Optional.of(override.rule()));
    parameters.put("scope", Optional.of(override.scope().kind().toString()));
    parameters.put("from", Optional.of(override.scope().source()));
    parameters.put("to", Optional.of(override.scope().destination()));
    JsonNode effect = api.get("/v1/overrides/effect", parameters).json();
    String least = effect.path("complete").asBoolean() ? "" : "at least ";
    return "of %s%d pairs of profiles, it turns off a reason of %d; %s%d become COMPATIBLE"
        .formatted(
            least,
            effect.path("pairs").asLong(),
            effect.path("concerned").asLong(),
            least,
            effect.path("becomeCompatible").asLong());
  }
}
