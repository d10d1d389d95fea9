package io.fleetcompat.compatibility.pack;

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

  /** The result of two sides, each tested alone: failed beats unjudged beats satisfied. */
  RuleResult and(RuleResult other) {
    return this == FAILED || other == FAILED
        ? FAILED
        : this == UNJUDGED || other == UNJUDGED ? UNJUDGED : SATISFIED;
  }
}
