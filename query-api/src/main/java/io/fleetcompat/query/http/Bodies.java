package io.fleetcompat.query.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.compatibility.json.JsonMistake;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.Checks.Pair;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.room.Room;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON that requests carry, strictly. */
final class Bodies {

  /** Most pairs of one request. */
  static final int MAX_PAIRS = 10_000;

  /** Most devices of one machine. */
  static final int MAX_SOURCES = 64;

  private static final int MAX_DEPTH = 8;

  /** Most tokens of a body, which bounds what becomes of it: 50 for each of 10,000 hosts. */
  private static final int MAX_TOKENS = 500_000;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .build())
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JSON).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Bodies() {}

  /** A machine's devices, all of which must go to one host. */
  record Machine(
      List<EndpointReference> sources,
      Optional<List<String>> candidates,
      Optional<String> pool,
      int limit,
      boolean stale) {}

  /** The pairs of {@code POST /v1/check}. */
  static List<Pair> pairs(JsonNode list) {
    if (!list.isArray()) {
      throw unlike("pairs", "an array of at most " + MAX_PAIRS + " objects", list);
    }
    if (list.size() > MAX_PAIRS) {
      throw new Problem(
          Code.TOO_MANY_PAIRS,
          "expected at most " + MAX_PAIRS + " pairs, found " + list.size() + "; ask in parts");
    }
    List<Pair> pairs = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String where = "pairs[" + i + "]";
      JsonNode pair = object(where, list.get(i), Set.of("source", "destination"));
      pairs.add(new Pair(endpoint(where, pair, "source"), endpoint(where, pair, "destination")));
    }
    return pairs;
  }

  static Machine machine(byte[] body, int defaultLimit, int maxLimit) {
    JsonNode root =
        object("the body", read(body), Set.of("sources", "candidates", "pool", "limit", "stale"));
    List<String> sources = strings("sources", root.path("sources"), MAX_SOURCES);
    if (sources.isEmpty()) {
      throw bad("sources: expected 1 to " + MAX_SOURCES + " endpoints, found none");
    }
    List<EndpointReference> parsed = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      parsed.add(References.parseEndpoint("sources[" + i + "]", sources.get(i)));
    }
    Optional<List<String>> candidates =
        root.has("candidates")
            ? Optional.of(strings("candidates", root.get("candidates"), MAX_PAIRS))
            : Optional.empty();
    JsonNode pool = root.path("pool");
    if (root.has("pool") && !pool.isTextual()) {
      throw unlike("pool", "a string", pool);
    }
    Optional<String> poolName = root.has("pool") ? Optional.of(pool.textValue()) : Optional.empty();
    JsonNode stale = root.path("stale");
    if (root.has("stale") && !stale.isBoolean()) {
      throw unlike("stale", "true or false", stale);
    }
    int limit = limit(root, defaultLimit, maxLimit);
    return new Machine(parsed, candidates, poolName, limit, stale.booleanValue());
  }

  private static int limit(JsonNode root, int otherwise, int most) {
    JsonNode limit = root.path("limit");
    if (!root.has("limit")) {
      return otherwise;
    }
    if (!limit.isInt() || limit.intValue() < 1 || limit.intValue() > most) {
      throw unlike("limit", "an integer from 1 to " + most, limit);
    }
    return limit.intValue();
  }

  static List<String> strings(String where, JsonNode node, int most) {
    if (!node.isArray() || node.size() > most) {
      throw unlike(where, "an array of at most " + most + " strings", node);
    }
    List<String> strings = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      if (!element.isTextual()) {
        throw unlike(where + "[" + strings.size() + "]", "a string", element);
      }
      strings.add(element.textValue());
    }
    return strings;
  }

  private static EndpointReference endpoint(String where, JsonNode pair, String name) {
    JsonNode value = pair.path(name);
    if (!value.isTextual()) {
      throw unlike(where + "." + name, "a string", value);
    }
    return References.parseEndpoint(where + "." + name, value.textValue());
  }

  static JsonNode object(String where, JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw unlike(where, "an object", node);
    }
    for (String name : (Iterable<String>) node::fieldNames) {
      if (!known.contains(name)) {
        throw bad(
            where
                + ": expected members "
                + known.stream().sorted().toList()
                + ", found "
                + Problem.quote(name));
      }
    }
    return node;
  }

  static JsonNode read(byte[] body) {
    return caught(
        body,
        () -> {
          JsonNode node = MAPPER.readTree(body);
          if (node == null || node.isMissingNode()) {
            throw bad("expected a JSON object, found an empty body");
          }
          return node;
        });
  }

  /** Something that may find that a body is no JSON. */
  interface Parsing<T> {
    T parse() throws IOException;
  }

  /** The result of parsing a body, or what is wrong with it. */
  static <T> T caught(byte[] body, Parsing<T> parsing) {
    Room.askToParse(body.length);
    try {
      return parsing.parse();
    } catch (JsonProcessingException e) {
      throw bad("expected JSON, found " + JsonMistake.of(e));
    } catch (IOException e) {
      throw bad("expected JSON in UTF-8");
    }
  }

  static Problem unlike(String where, String expected, JsonNode found) {
    String what =
        switch (found.getNodeType()) {
          case MISSING -> "nothing";
          case ARRAY -> "an array of " + found.size();
          case OBJECT -> "an object";
          case STRING -> "the string " + Problem.quote(found.textValue());
          default -> Problem.quote(found.asText());
        };
    return bad(where + ": expected " + expected + ", found " + what);
  }

  static Problem bad(String detail) {
    return new Problem(Code.BAD_REQUEST, detail);
  }
}
