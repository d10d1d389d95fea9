package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.pack.JudgedRule;
import io.fleetcompat.compatibility.pack.PackOperands;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RuleEffect;
import io.fleetcompat.compatibility.pack.RuleOperand;
import io.fleetcompat.compatibility.pack.RuleOperands;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RuleResult;
import io.fleetcompat.compatibility.pack.Side;

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
   *     holds it; and a device that is known to lack migration operations
   */
  static boolean rules(
      PackOperands from,
      PackOperands to,
      boolean typesDiffer,
      boolean hardwareOnly,
      Findings findings) {
    boolean comparisonsDecide =
        !findings.wantsWords()
            && !hardwareOnly
            && from.satisfiesAlone(Side.SOURCE)
            && to.satisfiesAlone(Side.DESTINATION);
    if (comparisonsDecide) {
      RuleOperands compared = from.comparisons(Side.SOURCE);
      RuleOperands with = to.comparisons(Side.DESTINATION);
      boolean judged = judge(from.pack(), compared, with, typesDiffer, false, findings);
      if (judged || findings.outcome() != Outcome.COMPATIBLE) {
        return judged;
      }
    }
    RuleOperands all = from.rules(Side.SOURCE);
    RuleOperands with = to.rules(Side.DESTINATION);
    return judge(from.pack(), all, with, typesDiffer, hardwareOnly, findings);
  }

  private static boolean judge(
      RulePack pack,
      RuleOperands from,
      RuleOperands to,
      boolean typesDiffer,
      boolean hardwareOnly,
      Findings findings) {
    boolean judged = false;
    for (int i = 0; i < from.rules().size() && !findings.decided(); i++) {
      PackRule rule = from.rules().get(i);
      boolean said = typesDiffer && rule.reason().equals(FixedRule.TYPE_NAME.toString());
      if (!said && (!hardwareOnly || isOfHardware(rule) || rule.isAboutOperations())) {
        RuleOperand source = from.operands().get(i);
        RuleOperand destination = to.operands().get(i);
        RuleResult result = rule.judge(source, destination);
        if (hardwareOnly && rule.isAboutOperations() && !isFailed(rule, result)) {
          continue;
        }
        judged |= result == RuleResult.SATISFIED || result == RuleResult.FAILED;
        findings.found(outcome(rule, result));
        if (findings.wantsWords()) {
          new PackReasons(pack).tell(new JudgedRule(rule, result, source, destination), findings);
        }
      }
    }
    return judged;
  }

  private static boolean isFailed(PackRule rule, RuleResult result) {
    return outcome(rule, result) == Outcome.INCOMPATIBLE;
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
