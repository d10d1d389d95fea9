package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The part of one side in every rule of one pack: its values are looked up and parsed once, for any
 * number of pairs. Immutable; any number of threads.
 */
public final class PackOperands {

  private final RulePack pack;
  private final Exempted exception;
  private final Role asSource;
  private final Role asDestination;

  /**
   * The rules with the operands of one role.
   *
   * @param satisfiesAlone true where it satisfies all rules that decide and compare no two values
   * @param comparisons the rules that decide and compare two values
   */
  private record Role(
      RuleOperands identity, RuleOperands rules, boolean satisfiesAlone, RuleOperands comparisons) {

    static Role of(RulePack pack, List<RuleOperand> identity, List<RuleOperand> rules) {
      boolean satisfiesAlone = true;
      List<PackRule> comparisons = new ArrayList<>();
      List<RuleOperand> compared = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        PackRule rule = pack.rules().get(i);
        if (rule.effect() == RuleEffect.REASON && rule.operator() instanceof PairOperator) {
          comparisons.add(rule);
          compared.add(rules.get(i));
        } else if (rule.effect() == RuleEffect.REASON) {
          satisfiesAlone &= rules.get(i).ownResult() == RuleResult.SATISFIED;
        }
      }
      return new Role(
          new RuleOperands(pack.identity(), identity),
          new RuleOperands(pack.rules(), rules),
          satisfiesAlone,
          new RuleOperands(comparisons, compared));
    }
  }

  private PackOperands(RulePack pack, Function<String, Parsed<String>> side) {
    this.pack = pack;
    this.exception = pack.exception(side);
    List<RuleOperand> identity = asSource(pack.identity(), side);
    List<RuleOperand> rules = asSource(pack.rules(), side);
    this.asSource = Role.of(pack, identity, rules);
    this.asDestination =
        areAlikeForBoth(pack.identity()) && areAlikeForBoth(pack.rules())
            ? asSource
            : Role.of(
                pack,
                asDestination(pack.identity(), identity, side),
                asDestination(pack.rules(), rules, side));
  }

  private static boolean areAlikeForBoth(List<PackRule> rules) {
    return rules.stream().allMatch(PackRule::isAlikeForBoth);
  }

  private static List<RuleOperand> asSource(
      List<PackRule> rules, Function<String, Parsed<String>> side) {
    return rules.stream().map(rule -> rule.operand(side, Side.SOURCE)).toList();
  }

  private static List<RuleOperand> asDestination(
      List<PackRule> rules, List<RuleOperand> asSource, Function<String, Parsed<String>> side) {
    List<RuleOperand> operands = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      PackRule rule = rules.get(i);
      operands.add(rule.isAlikeForBoth() ? asSource.get(i) : rule.operand(side, Side.DESTINATION));
    }
    return List.copyOf(operands);
  }

  /**
   * The operands of a device.
   *
   * @param device its values by address
   */
  public static PackOperands of(RulePack pack, Function<String, Parsed<String>> device) {
    return new PackOperands(pack, device);
  }

  public RulePack pack() {
    return pack;
  }

  /** Whether such a device is none of those that the pack says to be unable to migrate. */
  public Exempted exception() {
    return exception;
  }

  /** The attributes that the pack compares as an identity. */
  public RuleOperands identity(Side at) {
    return role(at).identity;
  }

  /** All rules of the pack. */
  public RuleOperands rules(Side at) {
    return role(at).rules;
  }

  /**
   * True where it satisfies every rule that decides and asks something of each side alone. Between
   * two such sides only comparisons decide.
   */
  public boolean satisfiesAlone(Side at) {
    return role(at).satisfiesAlone;
  }

  /** The rules of the pack that compare the sides with each other, and do more than warn. */
  public RuleOperands comparisons(Side at) {
    return role(at).comparisons;
  }

  private Role role(Side at) {
    return at == Side.SOURCE ? asSource : asDestination;
  }
}
