package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The JSON of parsed attributes in the canonical form: an absent one is left out, a value is a
 * string or an array, {@code {"malformed": …}} and {@code {"unreadable": …}} are the rest.
 */
final class FacetJson {

  private static final String MALFORMED = "malformed";
  private static final String UNREADABLE = "unreadable";

  private FacetJson() {}

  /** Reads a value back. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonNode json) throws MalformedException;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  static JsonNode texts(List<String> texts) {
    return array(texts, FacetJson::text);
  }

  static <T> JsonNode array(List<T> items, Function<T, JsonNode> write) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }

  static <T> void put(
      ObjectNode into, String name, Parsed<T> parsed, Function<? super T, JsonNode> write) {
    switch (parsed) {
      case Parsed.Absent<T>() -> {}
      case Parsed.Value<T>(T value) -> into.set(name, write.apply(value));
      case Parsed.Malformed<T>(String problem) -> into.set(name, object().put(MALFORMED, problem));
      case Parsed.Unreadable<T>(String errno) -> into.set(name, object().put(UNREADABLE, errno));
    }
  }

  /**
   * @throws IllegalArgumentException where it is not what {@link #put} writes
   */
  static <T> Parsed<T> get(JsonNode from, String name, Reader<T> reader) {
    JsonNode json = from.get(name);
    if (json == null) {
      return new Parsed.Absent<>();
    }
    if (json.isObject() && json.has(MALFORMED)) {
      return new Parsed.Malformed<>(asText(json.get(MALFORMED)));
    }
    if (json.isObject() && json.has(UNREADABLE)) {
      return new Parsed.Unreadable<>(asText(json.get(UNREADABLE)));
    }
    return new Parsed.Value<>(read(json, reader));
  }

  static <T> T read(JsonNode json, Reader<T> reader) {
    try {
      return reader.read(json);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.problem(), e);
    }
  }

  static String asText(JsonNode json) {
    return Optional.ofNullable(json.textValue())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a string in the canonical form, found " + json.getNodeType()));
  }

  static List<String> asTexts(JsonNode json) {
    return asList(json, FacetJson::asText);
  }

  static <T> List<T> asList(JsonNode json, Reader<T> reader) {
    if (!json.isArray()) {
      throw new IllegalArgumentException(
          "expected an array in the canonical form, found " + json.getNodeType());
    }
    List<T> items = new ArrayList<>(json.size());
    json.forEach(item -> items.add(read(item, reader)));
    return List.copyOf(items);
  }
}
