package io.fleetcompat.compatibility.pack;

import java.util.Set;
import java.util.TreeSet;

/**
 * The naive answer of one pack for a pair: the rule ids by what became of them.
 *
 * @param late those of the failed ones that are found in the blackout
 */
record PackAnswer(Set<String> failed, Set<String> unknown, Set<String> warnings, Set<String> late) {

  static PackAnswer of(RulePack pack, PackSide source, PackSide destination) {
    PackAnswer answer =
        new PackAnswer(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    if (pack.noRules().isPresent()) {
      answer.unknown.add("no-rules");
    }
    PackOperands from = PackOperands.of(pack, source, false);
    PackOperands to = PackOperands.of(pack, destination, false);
    if (from.exception() instanceof Exempted.No || to.exception() instanceof Exempted.No) {
      answer.failed.add("not-migratable");
      return answer;
    }
    if (from.exception() instanceof Exempted.Open || to.exception() instanceof Exempted.Open) {
      answer.unknown.add("not-migratable");
    }
    answer.judge(from.identity(Side.SOURCE), to.identity(Side.DESTINATION));
    answer.judge(from.rules(Side.SOURCE), to.rules(Side.DESTINATION));
    return answer;
  }

  private void judge(RuleOperands from, RuleOperands to) {
    for (int i = 0; i < from.rules().size(); i++) {
      PackRule rule = from.rules().get(i);
      add(rule, rule.judge(from.operands().get(i), to.operands().get(i)));
    }
  }

  private void add(PackRule rule, RuleResult result) {
    if (result == RuleResult.NOT_APPLICABLE || result == RuleResult.SATISFIED) {
      return;
    }
    String id = rule.reason();
    if (rule.effect(result) != RuleEffect.REASON) {
      warnings.add(id);
    } else if (result == RuleResult.FAILED) {
      failed.add(id);
      if (rule.failure().time() == FailureTime.LATE) {
        late.add(id);
      }
    } else {
      unknown.add(id);
    }
  }
}
