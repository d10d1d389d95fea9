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
  private final boolean isExcepted;
  private final Role asSource;
  private final Role asDestination;

  /** The operands in one role, in the order of the rules. */
  private record Role(List<RuleOperand> identity, List<RuleOperand> rules) {}

  private PackOperands(RulePack pack, Function<String, Parsed<String>> side) {
    this.pack = pack;
    this.isExcepted =
        pack.notMigratable().filter(statement -> statement.isExcepted(side)).isPresent();
    this.asSource =
        new Role(
            pack.identity().stream().map(rule -> rule.operand(side, Side.SOURCE)).toList(),
            pack.rules().stream().map(rule -> rule.operand(side, Side.SOURCE)).toList());
    this.asDestination =
        new Role(
            asDestination(pack.identity(), asSource.identity, side),
            asDestination(pack.rules(), asSource.rules, side));
  }

  private static List<RuleOperand> asDestination(
      List<PackRule> rules, List<RuleOperand> asSource, Function<String, Parsed<String>> side) {
    if (rules.stream().allMatch(PackRule::isAlikeForBoth)) {
      return asSource;
    }
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

  /** True where the pack says that its family cannot migrate, and excepts such a device. */
  public boolean isExcepted() {
    return isExcepted;
  }

  /** For {@link RulePack#identity()}, in the same order. */
  public List<RuleOperand> identity(Side at) {
    return role(at).identity;
  }

  /** For {@link RulePack#rules()}, in the same order. */
  public List<RuleOperand> rules(Side at) {
    return role(at).rules;
  }

  private Role role(Side at) {
    return at == Side.SOURCE ? asSource : asDestination;
  }
}
