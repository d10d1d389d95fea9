package io.fleetcompat.cli.inspect;

import io.fleetcompat.inventory.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attributes of which many are malformed for one reason: those are shown once, with their number.
 */
final class FoldedFaults {

  /** The fewest that are worth it. */
  private static final int MIN_ALIKE = 3;

  private FoldedFaults() {}

  /** The attributes by the words that stand for their names, in the order of the first of each. */
  static Map<String, Attribute> of(Map<String, Attribute> attributes) {
    Map<Attribute, Integer> alike = new LinkedHashMap<>();
    attributes.values().forEach(attribute -> alike.merge(attribute, 1, Integer::sum));
    Map<String, Attribute> folded = new LinkedHashMap<>();
    attributes.forEach(
        (name, attribute) -> {
          int number = alike.getOrDefault(attribute, 0);
          if (!(attribute instanceof Attribute.Malformed) || number < MIN_ALIKE) {
            folded.put(name, attribute);
          } else if (!folded.containsValue(attribute)) {
            folded.put("%s and %d more".formatted(name, number - 1), attribute);
          }
        });
    return folded;
  }
}
