package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.pack.JudgedRule;
import io.fleetcompat.compatibility.pack.PackOperands;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RuleEffect;
import io.fleetcompat.compatibility.pack.RuleOperand;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RuleResult;
import io.fleetcompat.compatibility.pack.Side;
import java.util.List;

/**
 * The rules of one pack, applied to the parts that both sides have in them. There are many for each
 * pair, and of most pairs the outcome alone is asked for: then nothing is made here.
 */
final class PackRules {

  private PackRules() {}

  /**
   * Judges a pair by what the pack compares as an identity.
   *
   * @param typesDiffer true where it is a finding already that the types have different names
   */
  static void identity(PackOperands from, PackOperands to, boolean typesDiffer, Findings findings) {
    judge(
        from.pack(),
        from.pack().identity(),
        from.identity(Side.SOURCE),
        to.identity(Side.DESTINATION),
        typesDiffer,
        false,
        findings);
  }

  /**
   * Judges a pair by the pack's rules. True where at least one was judged: its values were there,
   * and compared.
   *
   * @param hardwareOnly only those about the hardware or the type, which are so whatever driver
   *     holds it
   */
  static boolean rules(
      PackOperands from,
      PackOperands to,
      boolean typesDiffer,
      boolean hardwareOnly,
      Findings findings) {
    if (!findings.wantsWords()
        && !hardwareOnly
        && from.satisfiesAlone(Side.SOURCE)
        && to.satisfiesAlone(Side.DESTINATION)) {
      boolean judged = comparisons(from, to, typesDiffer, findings);
      if (judged || findings.outcome() != Outcome.COMPATIBLE) {
        return judged;
      }
    }
    return judge(
        from.pack(),
        from.pack().rules(),
        from.rules(Side.SOURCE),
        to.rules(Side.DESTINATION),
        typesDiffer,
        hardwareOnly,
        findings);
  }

  /** The rules that can still change the outcome: neither side fails any of the others alone. */
  private static boolean comparisons(
      PackOperands from, PackOperands to, boolean typesDiffer, Findings findings) {
    return judge(
        from.pack(),
        from.comparisons(),
        from.compared(Side.SOURCE),
        to.compared(Side.DESTINATION),
        typesDiffer,
        false,
        findings);
  }

  private static boolean judge(
      RulePack pack,
      List<PackRule> rules,
      List<RuleOperand> from,
      List<RuleOperand> to,
      boolean typesDiffer,
      boolean hardwareOnly,
      Findings findings) {
    boolean judged = false;
    for (int i = 0; i < rules.size() && !findings.decided(); i++) {
      PackRule rule = rules.get(i);
      boolean said = typesDiffer && rule.reason().equals(FixedRule.TYPE_NAME.toString());
      if (!said && (!hardwareOnly || isOfHardware(rule))) {
        RuleResult result = rule.judge(from.get(i), to.get(i));
        judged |= result == RuleResult.SATISFIED || result == RuleResult.FAILED;
        findings.found(outcome(rule, result));
        if (findings.wantsWords()) {
          new PackReasons(pack)
              .tell(new JudgedRule(rule, result, from.get(i), to.get(i)), findings);
        }
      }
    }
    return judged;
  }

  private static boolean isOfHardware(PackRule rule) {
    return rule.addresses().stream()
        .allMatch(
            address ->
                address.startsWith("type/")
                    || (address.startsWith("pci/") && !address.equals("pci/driver")));
  }

  private static Outcome outcome(PackRule rule, RuleResult result) {
    return switch (result) {
      case NOT_APPLICABLE, SATISFIED -> Outcome.COMPATIBLE;
      case FAILED, OPEN, UNJUDGED, TOLERATED ->
          rule.effect(result) != RuleEffect.REASON
              ? Outcome.COMPATIBLE
              : result == RuleResult.FAILED ? Outcome.INCOMPATIBLE : Outcome.UNKNOWN;
    };
  }
}
