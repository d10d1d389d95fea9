package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Facet;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;

/**
 * The rules of one facet, for a source and a destination that both have it. What is the same for
 * every facet is done by {@link Judge}. Immutable; any number of threads.
 */
abstract class FacetRules<F extends Facet> {

  private final FacetId facet;
  private final Class<F> type;
  private final Reasons reasons;

  FacetRules(FacetId facet, Class<F> type) {
    this.facet = facet;
    this.type = type;
    this.reasons = new Reasons(facet);
  }

  final FacetId facet() {
    return facet;
  }

  /** The facet of a profile that has it. */
  final F of(Profile profile) {
    return profile.require(type);
  }

  /** The reasons of this facet, in words. */
  final Reasons reasons() {
    return reasons;
  }

  /** Tells the findings of every rule that it applies, until they are decided. */
  abstract void judge(Profile source, Profile destination, ProbeAnswers answers, Findings findings);

  /** The rule that a destination without the facet fails. */
  RuleId missing() {
    return FixedRule.FACET_MISSING;
  }

  /** Judges a destination that may have the facet by its type, which nobody has seen. */
  void judgeUnseen(Profile source, Profile destination, Findings findings) {
    findings.unjudged(() -> reasons.unseen(missing()));
  }

  /** The obligations of a source that has the facet; their values come later. */
  List<Obligation> obligations(Profile source) {
    return List.of();
  }

  /** The warnings for a source that has the facet and a destination that may lack it. */
  List<Warning> warnings(Profile source, Profile destination) {
    return List.of();
  }
}
