package io.fleetcompat.inventory;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of one node by their path below it, such as {@code software_version} or {@code
 * migration/compatible/0/aggregator}; sorted, immutable.
 */
public record Attributes(SortedMap<String, Attribute> byPath) {

  /** No attribute at all. */
  public static final Attributes NONE = new Attributes(Collections.emptySortedMap());

  public Attributes {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    if (byPath.containsValue(Attribute.ABSENT)) {
      throw new IllegalArgumentException("an absent attribute is left out, not stored: " + byPath);
    }
  }

  public static Attributes of(Map<String, Attribute> byPath) {
    return byPath.isEmpty() ? NONE : new Attributes(new TreeMap<>(byPath));
  }

  /** The attribute at that path; {@link Attribute#ABSENT} where nothing is. */
  public Attribute get(String path) {
    return byPath.getOrDefault(path, Attribute.ABSENT);
  }

  /** All below a directory, at any depth, by path relative to it. */
  public Attributes below(String directory) {
    String prefix = directory + "/";
    // '0' is the character after '/': the range holds exactly the paths that begin with the prefix.
    SortedMap<String, Attribute> range = byPath.subMap(prefix, directory + "0");
    if (range.isEmpty()) {
      return NONE;
    }
    SortedMap<String, Attribute> relative = new TreeMap<>();
    range.forEach((path, attribute) -> relative.put(path.substring(prefix.length()), attribute));
    return new Attributes(relative);
  }
}
