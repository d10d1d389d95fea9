package io.fleetcompat.cli.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fleetcompat.compatibility.json.JsonMistake;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Registered keys in a file: a JSON array of objects with the members {@code host}, {@code oldest},
 * {@code newest}, {@code revoked}, {@code removed}, {@code at} and {@code reason}, sorted by host.
 */
final class SavedKeys {

  /** The largest file that is read, in bytes: more than 100,000 hosts with long reasons. */
  private static final long MAX_BYTES = 256L << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private SavedKeys() {}

  /** The text of a file; keys that nobody can read are left out. */
  static String write(SortedMap<String, Optional<RegisteredKey>> keys) {
    ArrayNode all = JSON.createArrayNode();
    keys.forEach((host, key) -> key.ifPresent(known -> add(all, host, known)));
    return all.toPrettyString();
  }

  private static void add(ArrayNode all, String host, RegisteredKey key) {
    all.addObject()
        .put("host", host)
        .put("oldest", key.getOldest())
        .put("newest", key.getNewest())
        .put("revoked", key.getRevoked())
        .put("removed", key.getRemoved())
        .put("at", key.getAt().toString())
        .put("reason", key.getReason());
  }

  /**
   * The generations in a file.
   *
   * @throws IOException if it cannot be read, or is another one; the message says where
   */
  static SortedMap<String, Generations> read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new IOException(
          "expected a file of at most %d bytes, found %d".formatted(MAX_BYTES, size));
    }
    JsonNode all;
    try {
      all = JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IOException("expected JSON, found " + JsonMistake.of(e), e);
    }
    if (!all.isArray()) {
      throw new IOException("expected an array of keys, as 'keys list --json' writes it");
    }
    SortedMap<String, Generations> keys = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      JsonNode each = all.get(i);
      String host = each.path("host").asText();
      if (!HostName.isValid(host)) {
        throw bad(i, "host", HostName.RULE, each.path("host"));
      }
      if (keys.put(host, generations(i, each)) != null) {
        throw bad(i, "host", "each host once", each.path("host"));
      }
    }
    return keys;
  }

  private static Generations generations(int index, JsonNode key) throws IOException {
    int oldest = generation(index, key, "oldest");
    int newest = generation(index, key, "newest");
    boolean revoked = flag(index, key, "revoked");
    boolean removed = flag(index, key, "removed");
    if (newest < oldest) {
      throw bad(index, "newest", "a number from " + oldest, key.path("newest"));
    }
    if (removed && !revoked) {
      throw bad(index, "revoked", "true of a host that is removed", key.path("revoked"));
    }
    return new Generations(oldest, newest, revoked, removed);
  }

  private static int generation(int index, JsonNode key, String member) throws IOException {
    JsonNode found = key.path(member);
    if (!found.isInt() || found.asInt() < 1) {
      throw bad(index, member, "a number from 1 to 2147483647", found);
    }
    return found.asInt();
  }

  private static boolean flag(int index, JsonNode key, String member) throws IOException {
    JsonNode found = key.path(member);
    if (!found.isBoolean()) {
      throw bad(index, member, "true or false", found);
    }
    return found.asBoolean();
  }

  private static IOException bad(int index, String member, String expected, JsonNode found) {
    String text = found.isMissingNode() ? "none" : Quoted.of(found.toString());
    return new IOException(
        "expected in %s of key %d: %s, found %s".formatted(member, index + 1, expected, text));
  }
}
