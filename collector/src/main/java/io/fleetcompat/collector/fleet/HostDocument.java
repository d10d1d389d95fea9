package io.fleetcompat.collector.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.Limits;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code host.json}, which describes a host of a fleet directory.
 *
 * @param name the host's name; empty where the folder's name is meant
 * @param labels pool, zone, …
 * @param kernel kernel release, where it says one
 */
public record HostDocument(
    Optional<String> name, SortedMap<String, String> labels, Optional<String> kernel) {

  public static final String FILE = "host.json";

  /** Longest document accepted, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  /** The content that stands for a missing {@code host.json}. */
  static final HostDocument EMPTY =
      new HostDocument(Optional.empty(), Collections.emptySortedMap(), Optional.empty());

  private static final JsonMapper JSON = StrictJson.MAPPER;

  public HostDocument {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /**
   * Parses a document.
   *
   * @throws BadHostException saying what was expected and what was found
   */
  static HostDocument parse(byte[] bytes) throws BadHostException {
    if (bytes.length > MAX_BYTES) {
      throw new BadHostException(
          FleetListing.Code.TOO_LARGE,
          "expected host.json of at most " + MAX_BYTES + " bytes, found more");
    }
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new BadHostException(
          FleetListing.Code.MALFORMED, "expected JSON, found " + StrictJson.where(e));
    } catch (java.io.IOException e) {
      throw new BadHostException(
          FleetListing.Code.MALFORMED, "expected JSON in UTF-8, found " + e.getMessage());
    }
    if (!root.isObject()) {
      throw wrong("the document", "an object", root);
    }
    Optional<String> name = text(root, "name", HostName.MAX_LENGTH);
    if (name.isPresent()) {
      requireName(name.get());
    }
    return new HostDocument(name, labels(root.path("labels")), text(root, "kernel", Limits.WORD));
  }

  /** The document as bytes. */
  public byte[] encode() {
    ObjectNode root = JSON.createObjectNode();
    name.ifPresent(n -> root.put("name", n));
    ObjectNode labelNode = root.putObject("labels");
    labels.forEach(labelNode::put);
    kernel.ifPresent(k -> root.put("kernel", k));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object of strings can always be written", e);
    }
  }

  /** Refuses a name that could not be a host's: it is a Kafka key and a part of URLs. */
  static String requireName(String name) throws BadHostException {
    if (!HostName.isValid(name)) {
      throw new BadHostException(
          FleetListing.Code.BAD_NAME, "expected " + HostName.RULE + ", found " + Quoted.of(name));
    }
    return name;
  }

  private static SortedMap<String, String> labels(JsonNode node) throws BadHostException {
    SortedMap<String, String> labels = new TreeMap<>();
    if (node.isMissingNode()) {
      return labels;
    }
    if (!node.isObject()) {
      throw wrong("labels", "an object", node);
    }
    for (Map.Entry<String, JsonNode> label : node.properties()) {
      if (!label.getValue().isTextual()) {
        throw wrong(Quoted.of(label.getKey()), "a string", label.getValue());
      }
      labels.put(label.getKey(), label.getValue().textValue());
    }
    try {
      HostLabels.require(labels);
    } catch (BadRecordException e) {
      throw new BadHostException(
          labels.size() > Limits.LABELS ? FleetListing.Code.TOO_LARGE : FleetListing.Code.MALFORMED,
          "expected " + e.expected() + ", found " + e.found());
    }
    return labels;
  }

  private static Optional<String> text(JsonNode object, String field, int longest)
      throws BadHostException {
    JsonNode node = object.path(field);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw wrong(Quoted.of(field), "a string", node);
    }
    String value = node.textValue();
    if (value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
      throw wrong(
          Quoted.of(field),
          "a string of at most " + longest + " characters without control characters",
          node);
    }
    return Optional.of(value);
  }

  private static BadHostException wrong(String what, String expected, JsonNode found) {
    return new BadHostException(
        FleetListing.Code.MALFORMED,
        "expected "
            + what
            + " to be "
            + expected
            + ", found "
            + Quoted.of(found.isTextual() ? found.textValue() : found.toString()));
  }
}
