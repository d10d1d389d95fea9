package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules under a set of policies. Immutable; any number of threads. */
public final class Judge {

  /** The rule of a facet that the source has and the destination lacks. */
  static final String FACET_MISSING = "facet-missing";

  /** Grows with every change of a rule that can change a verdict or its words. */
  private static final int RULES = 3;

  private static final String NO_INTERFACE = "no-migration-interface";

  private final String ruleSet;
  private final TypeRules typeRules;
  private final SelfRules selfRules;

  public Judge(Set<Policy> policies) {
    this.ruleSet = RULES + policies.stream().map(Policy::toString).sorted().toList().toString();
    this.typeRules = new TypeRules(policies.contains(Policy.CROSS_TYPE));
    this.selfRules = new SelfRules(policies.contains(Policy.MUTUAL));
  }

  /** Version of the rules, policies included: equal versions give equal verdicts. */
  public String ruleSet() {
    return ruleSet;
  }

  /** The outcome alone: no reasons are made, so it is the cheap question. */
  public Outcome outcome(Profile source, Profile destination) {
    Findings.OutcomeOnly findings = new Findings.OutcomeOnly();
    judge(source, destination, findings);
    return findings.outcome();
  }

  /**
   * The verdict with all its reasons. Obligations have no values yet: see {@link ObligationValues}.
   */
  public Verdict judge(Profile source, Profile destination) {
    Findings.AllReasons findings = new Findings.AllReasons();
    judge(source, destination, findings);
    return new Verdict(
        findings.outcome(),
        findings.reasons(),
        TypeRules.obligations(source),
        TypeRules.warnings(source, destination));
  }

  /** The rules that were applied to a pair and that it satisfies; empty unless COMPATIBLE. */
  public List<PassedRule> passed(Profile source, Profile destination) {
    return outcome(source, destination) == Verdict.Outcome.COMPATIBLE
        ? PassedRules.of(source, destination, selfRules.mutual())
        : List.of();
  }

  private void judge(Profile source, Profile destination, Findings findings) {
    if (!source.hasFacet()) {
      findings.unknown(Judge::noInterface);
    }
    typeRules.judge(source, destination, findings);
    if (!findings.decided()) {
      selfRules.judge(source, destination, findings);
    }
    if (!findings.decided()) {
      OpaqueRules.judge(source, destination, findings);
    }
    if (!findings.decided()) {
      FeatureRules.judge(source, destination, findings);
    }
  }

  private static Reason noInterface() {
    return new Reason(
        NO_INTERFACE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Verdict.State.ABSENT),
        "the source has no interface that says what it is compatible with");
  }
}
