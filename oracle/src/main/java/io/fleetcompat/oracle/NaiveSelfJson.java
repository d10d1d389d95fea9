package io.fleetcompat.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON spelling of 3.2. */
final class NaiveSelfJson {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private NaiveSelfJson() {}

  static NaiveSelfCompatible.Model parse(String text) throws BadFacetException {
    JsonNode root;
    try {
      root = STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadFacetException("not JSON");
    }
    if (!root.isObject()) {
      throw new BadFacetException("no object");
    }
    for (var member : root.properties()) {
      if (!member.getKey().equals("self") && !member.getKey().equals("compatible")) {
        throw new BadFacetException("another member");
      }
    }
    return NaiveSelfCompatible.Model.of(
        objects(root.path("self")), objects(root.path("compatible")), false);
  }

  /** An escape must not bring in what the reading rules keep out. */
  private static void requireClean(String text) throws BadFacetException {
    boolean control =
        text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    boolean half =
        text.codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    if (control || half) {
      throw new BadFacetException("a control character or half a character");
    }
  }

  private static Optional<List<Map<String, String>>> objects(JsonNode list)
      throws BadFacetException {
    if (list.isMissingNode()) {
      return Optional.empty();
    }
    if (!list.isArray()) {
      throw new BadFacetException("no list");
    }
    List<Map<String, String>> objects = new ArrayList<>();
    for (JsonNode node : list) {
      if (!node.isObject()) {
        throw new BadFacetException("no object");
      }
      Map<String, String> object = new LinkedHashMap<>();
      for (var member : node.properties()) {
        if (!member.getValue().isTextual() || member.getKey().isEmpty()) {
          throw new BadFacetException("no string");
        }
        requireClean(member.getKey());
        requireClean(member.getValue().textValue());
        object.put(member.getKey(), member.getValue().textValue());
      }
      objects.add(object);
    }
    return Optional.of(objects);
  }
}
