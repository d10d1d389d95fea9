package io.fleetcompat.compatibility.pack;

import java.util.List;

/** The results of a rule for one pair, before anything is put into words. */
public enum RuleResult {
  /** The rule does not concern the pair, or a value is missing that it can do without. */
  NOT_APPLICABLE,
  SATISFIED,
  FAILED,
  /** The pair does not satisfy it; whether that matters depends on a value that is missing. */
  OPEN,
  /** A value is missing, or none that can be compared. */
  UNJUDGED,
  /** A value is missing, which the pack lets pass with a warning. */
  TOLERATED;

  private static final List<RuleResult> WORST_FIRST = List.of(FAILED, OPEN, UNJUDGED);

  /**
   * The result of two sides, each tested alone: failed, open, unjudged, satisfied; not applicable
   * only where both are.
   */
  RuleResult and(RuleResult other) {
    for (RuleResult worst : WORST_FIRST) {
      if (this == worst || other == worst) {
        return worst;
      }
    }
    return this == NOT_APPLICABLE ? other : SATISFIED;
  }
}
