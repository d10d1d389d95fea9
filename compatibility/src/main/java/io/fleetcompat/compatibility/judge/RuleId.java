package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import java.util.Comparator;
import java.util.Optional;

/** A rule that a verdict may name: one that the code has, or one of a pack. */
public sealed interface RuleId permits FixedRule, PackRuleId {

  /** The order of their spellings. */
  Comparator<RuleId> BY_SPELLING = Comparator.comparing(RuleId::toString);

  /** The facet that defines it; empty for a rule of none. Another facet may apply it, too. */
  Optional<FacetId> facet();

  /** The section of {@code docs/rules.md} that defines it. */
  String section();

  /** The spelling in answers. */
  @Override
  String toString();

  /**
   * A link to the section that says why it was applied, relative to the root of the repository.
   *
   * @param appliedBy the facet that applied it
   */
  default String origin(Optional<FacetId> appliedBy) {
    boolean another = facet().isPresent() && appliedBy.isPresent();
    return "docs/rules.md#" + (another ? appliedBy.get().section() : section());
  }
}
