package io.fleetcompat.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text spellings of 3.2. */
final class NaiveSelfText {

  private NaiveSelfText() {}

  /** Blocks of {@code key=value} lines, separated by blank lines or a header line. */
  static List<Map<String, String>> blocks(String text, String header) throws BadFacetException {
    List<Map<String, String>> blocks = new ArrayList<>();
    boolean fresh = true;
    for (String line : text.split("\n", -1)) {
      if (line.isBlank() || line.strip().equals(header)) {
        fresh = true;
      } else {
        if (fresh) {
          blocks.add(new LinkedHashMap<>());
        }
        fresh = false;
        add(line, blocks.getLast());
      }
    }
    return blocks;
  }

  /** The content of one file. */
  static NaiveSelfCompatible.Model oneFile(String text) throws BadFacetException {
    List<Map<String, String>> selves = new ArrayList<>();
    List<Map<String, String>> compatible = new ArrayList<>();
    Optional<Map<String, String>> current = Optional.empty();
    for (String whole : text.split("\n", -1)) {
      String line = whole.replaceFirst("(?s)(^|\\s)#.*$", "").strip();
      if (line.equals("SELF:") || line.equals("COMPATIBLE:")) {
        Map<String, String> block = new LinkedHashMap<>();
        (line.equals("SELF:") ? selves : compatible).add(block);
        current = Optional.of(block);
      } else if (!line.isEmpty()) {
        add(line, current.orElseThrow(() -> new BadFacetException("a line before any header")));
      }
    }
    return NaiveSelfCompatible.Model.of(
        selves.isEmpty() ? Optional.empty() : Optional.of(selves),
        compatible.isEmpty()
            ? Optional.empty()
            : Optional.of(compatible.stream().filter(pattern -> !pattern.isEmpty()).toList()),
        true);
  }

  /** A value without one pair of quotes around it and without white space around its commas. */
  static String value(String text) {
    String value = text;
    if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
      value = value.substring(1, value.length() - 1);
    }
    String[] elements = value.split(",", -1);
    for (int i = 0; i < elements.length; i++) {
      elements[i] = i > 0 ? elements[i].stripLeading() : elements[i];
      elements[i] = i < elements.length - 1 ? elements[i].stripTrailing() : elements[i];
    }
    return String.join(",", elements);
  }

  private static void add(String line, Map<String, String> block) throws BadFacetException {
    int equals = line.indexOf('=');
    if (equals < 0 || line.substring(0, equals).isBlank()) {
      throw new BadFacetException("a line without key=");
    }
    if (block.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip()) != null) {
      throw new BadFacetException("a duplicate key");
    }
  }
}
