package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.profile.Profile;
import java.util.Set;

/** The rules under a set of policies. Immutable; any number of threads. (Skeleton.) */
public final class Judge {

  private final Set<Policy> policies;

  public Judge(Set<Policy> policies) {
    this.policies = Set.copyOf(policies);
  }

  /** Version of the rules, policies included: equal versions give equal verdicts. */
  public String ruleSet() {
    return "1" + policies.stream().map(Policy::toString).sorted().toList();
  }

  /** The outcome alone: no reasons are made, so it is the cheap question. */
  public Verdict.Outcome outcome(Profile source, Profile destination) {
    return judge(source, destination).outcome();
  }

  /**
   * The verdict with all its reasons. Obligations have no values yet: see {@link ObligationValues}.
   */
  public Verdict judge(Profile source, Profile destination) {
    if (source.equals(destination)) {
      throw new IllegalStateException("skeleton");
    }
    return new Verdict(
        Verdict.Outcome.COMPATIBLE, java.util.List.of(), java.util.List.of(), java.util.List.of());
  }
}
