package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.pack.RulePacks;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules under which verdicts are made: two verdicts are comparable only under equal rule sets.
 * Immutable.
 *
 * @param version grows with every change of a rule that can change a verdict or its words
 * @param policies the operator's choices
 * @param packs the rule packs in force, with their options: equal where their digests are
 */
public record RuleSet(int version, Set<Policy> policies, RulePacks packs) {

  private static final int CURRENT = 5;

  public RuleSet {
    policies = Collections.unmodifiableSet(new TreeSet<>(policies));
  }

  /** The rules of this version of the code with its own packs, under some policies. */
  public static RuleSet of(Collection<Policy> policies) {
    return of(policies, RulePacks.builtIn());
  }

  /** The rules of this version of the code with these packs, under some policies. */
  public static RuleSet of(Collection<Policy> policies, RulePacks packs) {
    return new RuleSet(CURRENT, new TreeSet<>(policies), packs);
  }

  /** The policies as they are spelled, sorted. */
  public List<String> policyNames() {
    return policies.stream().map(Policy::toString).sorted().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleSet that
        && version == that.version
        && policies.equals(that.policies)
        && packs.digest().equals(that.packs.digest());
  }

  @Override
  public int hashCode() {
    return 31 * packs.digest().hashCode() + policies.hashCode();
  }

  /** The spelling in records and answers: {@code 5[cross-type, mutual]{packs 1f2e3d4c5b6a7988}}. */
  @Override
  public String toString() {
    return version + policyNames().toString() + "{packs " + packs.digest() + "}";
  }
}
