package io.fleetcompat.compatibility.pack;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
    if (pack.notMigratable().isPresent()
        && pack.notMigratable().get().judge(source, destination) instanceof Finding.Failed) {
      answer.failed.add("not-migratable");
      return answer;
    }
    Stream.concat(pack.identity().stream(), pack.rules().stream())
        .map(rule -> rule.judge(source, destination))
        .forEach(answer::add);
    return answer;
  }

  private void add(RuleOutcome outcome) {
    if (!(outcome instanceof RuleOutcome.Judged judged)
        || judged.finding() instanceof Finding.Satisfied) {
      return;
    }
    String id = judged.rule().reason();
    if (judged.effect() != RuleEffect.REASON) {
      warnings.add(id);
    } else if (judged.finding() instanceof Finding.Failed) {
      failed.add(id);
      if (judged.rule().failure().time() == FailureTime.LATE) {
        late.add(id);
      }
    } else {
      unknown.add(id);
    }
  }
}
