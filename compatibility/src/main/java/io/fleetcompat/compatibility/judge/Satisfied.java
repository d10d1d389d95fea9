package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import java.util.Optional;

/**
 * A rule that was applied to a pair and that the pair satisfies.
 *
 * @param facet the facet that applied it
 * @param source the attribute's value at the source, in normal form; empty where it has none
 * @param destination the value against it at the destination, likewise
 * @param detail a sentence
 * @param pack the pack that applied it; empty where none did
 */
public record Satisfied(
    RuleId rule,
    FacetId facet,
    String attribute,
    Optional<String> source,
    Optional<String> destination,
    String detail,
    Optional<PackBasis> pack) {

  /** A rule of no pack. */
  public Satisfied(
      RuleId rule,
      FacetId facet,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail) {
    this(rule, facet, attribute, source, destination, detail, Optional.empty());
  }

  /** A link to the rule, such as {@code docs/rules.md#3.4}. */
  public String origin() {
    return rule.origin(Optional.of(facet));
  }
}
