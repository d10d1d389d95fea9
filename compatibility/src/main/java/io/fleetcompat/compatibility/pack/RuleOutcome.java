package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/** The outcome of one rule of a pack for one pair. */
public sealed interface RuleOutcome {

  /** The rule does not concern the pair, or a value is missing that it can do without. */
  record NotApplicable() implements RuleOutcome {}

  /**
   * The rule was applied.
   *
   * @param effect what a finding that is not {@link Finding.Satisfied} is: of a missing value that
   *     the pack lets pass, a warning
   * @param finding its detail also says how to supply what is missing
   * @param address the attribute that was compared
   */
  record Judged(
      PackRule rule,
      RuleEffect effect,
      Finding finding,
      String address,
      Parsed<String> source,
      Parsed<String> destination)
      implements RuleOutcome {}
}
