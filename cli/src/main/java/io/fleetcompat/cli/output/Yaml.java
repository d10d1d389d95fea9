package io.fleetcompat.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** JSON as YAML that is safe to show. */
public final class Yaml {

  private Yaml() {}

  public static String of(JsonNode json) {
    try {
      return Printable.document(new YAMLMapper().writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a parsed tree can always be written", e);
    }
  }
}
