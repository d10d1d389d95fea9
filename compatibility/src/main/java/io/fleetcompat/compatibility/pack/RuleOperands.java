package io.fleetcompat.compatibility.pack;

import java.util.List;

/**
 * The operands of one side in some rules of a pack. Immutable; any number of threads.
 *
 * @param operands one for each rule, in the same order
 */
public record RuleOperands(List<PackRule> rules, List<RuleOperand> operands) {

  public RuleOperands {
    rules = List.copyOf(rules);
    operands = List.copyOf(operands);
    if (rules.size() != operands.size()) {
      throw new IllegalArgumentException(
          "expected an operand for each of %d rules, found %d"
              .formatted(rules.size(), operands.size()));
    }
  }
}
