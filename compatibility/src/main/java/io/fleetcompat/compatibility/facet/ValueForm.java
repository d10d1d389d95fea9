package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.util.regex.Pattern;

/**
 * The form that a value has beyond its type; of a list, each of its elements.
 *
 * @param pattern of the whole value in its one spelling
 * @param example follows "such as" in a sentence
 */
public record ValueForm(Pattern pattern, String example) {

  /** The value itself, where it fits. */
  String require(String value) throws MalformedException {
    if (!pattern.matcher(value).matches()) {
      throw new MalformedException(
          "expected a value such as " + example + ", found " + Quoted.of(value));
    }
    return value;
  }
}
