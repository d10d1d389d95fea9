package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** A rule with what it found for a pair, for those who put it into words. */
public record JudgedRule(PackRule rule, RuleResult result, RuleOperand from, RuleOperand to) {

  /** The effect of the result, where that is none that satisfies the rule. */
  public RuleEffect effect() {
    return rule.effect(result);
  }

  /** The attribute that was compared. */
  public String address() {
    return rule.address();
  }

  /** The attribute's value at the source. */
  public Parsed<String> source() {
    return from.value();
  }

  /** The value against it at the destination. */
  public Parsed<String> destination() {
    return to.value();
  }

  /**
   * The shortfall, which also says how to supply what is missing.
   *
   * @throws IllegalStateException where the rule is satisfied, or does not concern the pair
   */
  public Shortfall shortfall() {
    return switch (result) {
      case FAILED -> new Shortfall.Mismatch(rule.operator().mismatch(from, to));
      case OPEN -> open();
      case UNJUDGED, TOLERATED -> unjudged();
      case SATISFIED, NOT_APPLICABLE ->
          throw new IllegalStateException("expected a rule that is not satisfied, found " + result);
    };
  }

  /** The value whose lack is worst is named; what the rule lacks itself may be worse yet. */
  private Shortfall open() {
    Shortfall.Missing lack =
        Stream.of(openAt(from, Side.SOURCE), openAt(to, Side.DESTINATION))
            .flatMap(Optional::stream)
            .min(Comparator.comparing(Shortfall.Missing::state, Unjudgeable.WORST_FIRST))
            .orElseThrow();
    Parsed.State state =
        Stream.of(from, to)
            .filter(RuleOperand::isLacking)
            .map(RuleOperand::state)
            .reduce(lack.state(), BinaryOperator.minBy(Unjudgeable.WORST_FIRST));
    return new Shortfall.Missing(
        state,
        lack.side(),
        rule.operator().mismatch(from, to) + "; whether that matters is open: " + lack.detail());
  }

  /** An operator that compares both sides needs both to be exempted. */
  private Optional<Shortfall.Missing> openAt(RuleOperand operand, Side at) {
    boolean matters =
        operand.ownResult() == RuleResult.OPEN || rule.operator() instanceof PairOperator;
    return matters && operand.exemption() instanceof Exempted.Open open
        ? Optional.of(open.lack(at))
        : Optional.empty();
  }

  private Shortfall unjudged() {
    Side side = rule.operator().lacking(from, to);
    return new Shortfall.Missing(
        side == Side.DESTINATION ? to.state() : from.state(),
        side,
        address() + " is " + rule.operator().lack(from, to) + "; to supply it: " + rule.supply());
  }
}
