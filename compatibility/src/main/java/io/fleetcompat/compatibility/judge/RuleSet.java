package io.fleetcompat.compatibility.judge;

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
 */
public record RuleSet(int version, Set<Policy> policies) {

  private static final int CURRENT = 3;

  public RuleSet {
    policies = Collections.unmodifiableSet(new TreeSet<>(policies));
  }

  /** The rules of this version of the code, under some policies. */
  public static RuleSet of(Collection<Policy> policies) {
    return new RuleSet(CURRENT, new TreeSet<>(policies));
  }

  /** The policies as they are spelled, sorted. */
  public List<String> policyNames() {
    return policies.stream().map(Policy::toString).sorted().toList();
  }

  /** The spelling in records and answers: {@code 3[cross-type, mutual]}. */
  @Override
  public String toString() {
    return version + policyNames().toString();
  }
}
