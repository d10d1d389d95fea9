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
          satisfiesAlone &= isSatisfied(rules.get(i));
        }
      }
      return new Role(
          new RuleOperands(pack.identity(), identity),
          new RuleOperands(pack.rules(), rules),
          satisfiesAlone,
          new RuleOperands(comparisons, compared));
    }

    private static boolean isSatisfied(RuleOperand operand) {
      return operand.ownResult() == RuleResult.SATISFIED || operand.isNotAsked();
    }
  }

  private PackOperands(RulePack pack, Function<String, Parsed<String>> side, boolean isType) {
    this.pack = pack;
    this.exception = pack.exception(side);
    List<RuleOperand> identity = asSource(pack.identity(), side, isType);
    List<RuleOperand> rules = asSource(pack.rules(), side, isType);
    this.asSource = Role.of(pack, identity, rules);
    this.asDestination =
        areAlikeForBoth(pack.identity()) && areAlikeForBoth(pack.rules())
            ? asSource
            : Role.of(
                pack,
                asDestination(pack.identity(), identity, side, isType),
                asDestination(pack.rules(), rules, side, isType));
  }

  private static boolean areAlikeForBoth(List<PackRule> rules) {
    return rules.stream().allMatch(PackRule::isAlikeForBoth);
  }

  private static List<RuleOperand> asSource(
      List<PackRule> rules, Function<String, Parsed<String>> side, boolean isType) {
    return rules.stream().map(rule -> rule.operand(side, isType, Side.SOURCE)).toList();
  }

  private static List<RuleOperand> asDestination(
      List<PackRule> rules,
      List<RuleOperand> asSource,
      Function<String, Parsed<String>> side,
      boolean isType) {
    List<RuleOperand> operands = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      PackRule rule = rules.get(i);
      operands.add(
          rule.isAlikeForBoth() ? asSource.get(i) : rule.operand(side, isType, Side.DESTINATION));
    }
    return List.copyOf(operands);
  }

  /**
   * The operands of a device or type.
   *
   * @param side its values by address
   * @param isType true where it is a type, of which there is no device yet
   */
  public static PackOperands of(
      RulePack pack, Function<String, Parsed<String>> side, boolean isType) {
    return new PackOperands(pack, side, isType);
  }

  public RulePack pack() {
    return pack;
  }

  /** Whether such a device is none of those that the pack says to be unable to migrate. */
  public Exempted exception() {
    return exception;
  }

  /**
   * True where a rule of the pack says, whatever the destination has, that such a source lacks
   * migration operations.
   */
  public boolean lacksOperations() {
    for (int i = 0; i < pack.rules().size(); i++) {
      RuleOperand operand = asSource.rules.operands().get(i);
      PackRule rule = pack.rules().get(i);
      if (rule.isAboutOperations()
          && rule.effect() == RuleEffect.REASON
          && operand.mayApply()
          && operand.ownResult() == RuleResult.FAILED) {
        return true;
      }
    }
    return false;
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
