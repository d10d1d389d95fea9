package io.fleetcompat.compatibility.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.inventory.Quoted;
import java.util.Map;
import java.util.TreeMap;

/**
 * A YAML document as a JSON tree, with the line of every node. Immutable.
 *
 * @param file the name under which it was given
 * @param root the tree: objects, arrays, texts, integers, booleans and nulls
 * @param lines the line of each node, from 1, by its JSON pointer
 */
public record LocatedYaml(String file, JsonNode root, Map<String, Integer> lines) {

  /** Characters of a file; the largest of the built-in ones has less than a tenth. */
  public static final int MAX_CHARACTERS = 256 * 1024;

  public LocatedYaml {
    lines = Map.copyOf(lines);
  }

  /**
   * Reads one document: at most {@link #MAX_CHARACTERS}, no anchors, aliases or tags, no key twice.
   *
   * @param file the name that messages give it
   */
  public static LocatedYaml parse(String file, String text) throws BadYamlException {
    if (text.length() > MAX_CHARACTERS) {
      throw new BadYamlException(
          file, 1, "at most " + MAX_CHARACTERS + " characters", text.length() + " of them");
    }
    Map<String, Integer> lines = new TreeMap<>();
    JsonNode root = new YamlTree(file, lines).parse(text);
    return new LocatedYaml(file, root, lines);
  }

  /** The line of a node, or of the nearest node around it that has one. */
  public int line(JsonPointer at) {
    JsonPointer pointer = at;
    while (!lines.containsKey(pointer.toString()) && !pointer.matches()) {
      pointer = pointer.head();
    }
    return lines.getOrDefault(pointer.toString(), 1);
  }

  /** The refusal of a node. */
  public BadYamlException refuse(JsonPointer at, String expected, String found) {
    return new BadYamlException(file, line(at), expected, found);
  }

  /** Likewise, where what was found is a text of the file's author. */
  public BadYamlException refuseText(JsonPointer at, String expected, String found) {
    return refuse(at, expected, Quoted.of(found));
  }
}
