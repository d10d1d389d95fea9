package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.schemas.avro.MatrixGeneration;
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
public record MatrixRules(
    int generation, String ruleSet, List<String> policies, Judge judge, boolean known) {

  /** Before anything was read. */
  static final MatrixRules NONE = new MatrixRules(0, "", List.of(), new Judge(Set.of()), false);

  static MatrixRules of(MatrixGeneration record) {
    List<String> policies = record.getPolicies();
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
    boolean known = all && judge.ruleSet().toString().equals(record.getRuleSet());
    return new MatrixRules(
        record.getGeneration(), record.getRuleSet(), List.copyOf(policies), judge, known);
  }

  /** True where both say the same: then all that follows from one follows from the other. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MatrixRules that
        && generation == that.generation
        && known == that.known
        && ruleSet.equals(that.ruleSet)
        && policies.equals(that.policies);
  }

  @Override
  public int hashCode() {
    return 31 * ruleSet.hashCode() + generation;
  }
}
