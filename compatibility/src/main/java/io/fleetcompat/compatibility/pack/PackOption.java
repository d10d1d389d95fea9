package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.yaml.Citation;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A choice that a pack leaves to the operator.
 *
 * @param chosen the value in force: the default unless a setting says otherwise
 */
public record PackOption(
    String name,
    String description,
    String defaultValue,
    SortedMap<String, OptionValue> values,
    String chosen) {

  /** One of the values that it may have, with who says so. */
  public record OptionValue(String description, List<Citation> sources) {

    public OptionValue {
      sources = List.copyOf(sources);
    }
  }

  public PackOption {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    if (!values.containsKey(defaultValue) || !values.containsKey(chosen)) {
      throw new IllegalArgumentException("not a value of " + name + ": " + chosen);
    }
  }

  PackOption choose(String value) {
    return new PackOption(name, description, defaultValue, values, value);
  }
}
