package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules under which the matrix was judged.
 *
 * @param generation all pairs of profile numbers below it have been judged
 * @param ruleSet the version that the indexer wrote
 * @param judge the same rules in this process
 * @param known whether this process has the same version: if not, nothing here may be answered
 */
public record Rules(
    int generation, String ruleSet, List<String> policies, Judge judge, boolean known) {

  /** Before anything was read. */
  static final Rules NONE = new Rules(0, "", List.of(), new Judge(Set.of()), false);

  static Rules of(int generation, String ruleSet, Collection<String> policies) {
    Set<Policy> parsed = new TreeSet<>();
    boolean all = true;
    for (String policy : policies) {
      try {
        parsed.add(Policy.parse(policy));
      } catch (IllegalArgumentException e) {
        all = false; // a policy of a newer version: its verdicts are not ours to explain
      }
    }
    Judge judge = new Judge(parsed);
    boolean known = all && judge.ruleSet().equals(ruleSet);
    return new Rules(generation, ruleSet, List.copyOf(policies), judge, known);
  }
}
