package io.fleetcompat.query.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.EndpointReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON that requests carry token by token: of many names no tree is made. */
final class BodyTokens {

  /** For values within a body. */
  private static final JsonMapper PARTS = JsonMapper.builder(Bodies.JSON.copy()).build();

  private BodyTokens() {}

  /** A reader of a body's tokens, from the first one to the end of its value. */
  interface Reader<T> {
    T read(JsonParser json) throws IOException;
  }

  /** The result of reading a body token by token, of which nothing is left. */
  static <T> T parsed(byte[] body, Reader<T> reader) {
    return Bodies.caught(
        body,
        () -> {
          try (JsonParser json = PARTS.createParser(body)) {
            if (json.nextToken() == null) {
              throw Bodies.bad("expected a JSON object, found an empty body");
            }
            T value = reader.read(json);
            if (json.nextToken() != null) {
              throw Bodies.bad("expected the end of the body after its object, found more");
            }
            return value;
          }
        });
  }

  /** Checks that the parser is at such a token. */
  static void expect(JsonParser json, String where, JsonToken token, String expected)
      throws IOException {
    if (json.currentToken() != token) {
      JsonNode found = json.readValueAsTree();
      throw Bodies.unlike(where, expected, found);
    }
  }

  /** The endpoint that the string at which the parser is names. */
  static EndpointReference endpoint(JsonParser json, String where) throws IOException {
    expect(json, where, JsonToken.VALUE_STRING, "a string");
    return References.parseEndpoint(where, json.getText());
  }

  /** The same, of an element of an array: its place is spelled only where something is wrong. */
  static EndpointReference endpoint(JsonParser json, String array, int place) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      Optional<EndpointReference> usual = References.endpointOf(json.getText());
      if (usual.isPresent()) {
        return usual.get();
      }
    }
    return endpoint(json, array + "[" + place + "]");
  }

  /** The strings of the array at which the parser is; it is at the array's end then. */
  static List<String> strings(JsonParser json, String where, int most) throws IOException {
    expect(json, where, JsonToken.START_ARRAY, "an array of at most " + most + " strings");
    List<String> strings = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (strings.size() == most) {
        throw new Problem(
            Code.TOO_MANY_PAIRS,
            where + ": expected at most " + most + " strings, found more; ask in parts");
      }
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        expect(json, where + "[" + strings.size() + "]", JsonToken.VALUE_STRING, "a string");
      }
      strings.add(json.getText());
    }
    return strings;
  }
}
