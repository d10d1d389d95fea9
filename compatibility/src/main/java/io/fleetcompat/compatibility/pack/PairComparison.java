package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/**
 * The comparison of two operands by an operator that compares values of one form.
 *
 * @param <T> the form, to which each side's value is parsed once
 */
sealed interface PairComparison<T> extends PairOperator
    permits PairOperator.Equal,
        PairOperator.SetEqual,
        PairOperator.Superset,
        PairOperator.BitmaskSuperset,
        PairOperator.Version,
        PairOperator.Ordered,
        PairOperator.InDestinationRange,
        PairOperator.NotPaired,
        PairOperator.DominatedBy {

  /**
   * Reads a value.
   *
   * @param at the side that has it: one of the two
   * @throws UnfitException where it is none that can be compared
   */
  T read(String text, Side at) throws UnfitException;

  /** True where two values satisfy it. */
  boolean admits(T source, T destination);

  /** The words for how two values do not. */
  String difference(T source, T destination);

  @Override
  default boolean isAlikeForBoth() {
    return true;
  }

  @Override
  default RuleOperand operand(Parsed<String> value, Side at, Exempted exemption, boolean mayApply) {
    Parsed<T> form = Operator.parsed(value, text -> read(text, at));
    RuleResult ownResult =
        form instanceof Parsed.Value ? RuleResult.SATISFIED : RuleResult.UNJUDGED;
    return new RuleOperand(value, form, ownResult, exemption, mayApply);
  }

  /** Any two values satisfy it where the pair needs none. */
  @Override
  default RuleResult compare(RuleOperand source, RuleOperand destination) {
    Exempted exempted = exempted(source.exemption(), destination.exemption());
    if (exempted instanceof Exempted.Yes) {
      return RuleResult.SATISFIED;
    }
    if (source.ownResult() == RuleResult.UNJUDGED
        || destination.ownResult() == RuleResult.UNJUDGED) {
      return RuleResult.UNJUDGED;
    }
    return admits(form(source), form(destination))
        ? RuleResult.SATISFIED
        : exempted instanceof Exempted.Open ? RuleResult.OPEN : RuleResult.FAILED;
  }

  /** Whether a pair is exempted: both sides must be. It is open where one may be. */
  default Exempted exempted(Exempted source, Exempted destination) {
    return source instanceof Exempted.No || destination instanceof Exempted.Yes
        ? source
        : destination;
  }

  /** A malformed value comes first, then one that only one side has not. */
  @Override
  default Side lacking(RuleOperand source, RuleOperand destination) {
    if (source.isMalformed() != destination.isMalformed()) {
      return source.isMalformed() ? Side.SOURCE : Side.DESTINATION;
    }
    if (source.hasValue() && destination.hasValue()) {
      return source.ownResult() == RuleResult.UNJUDGED ? Side.SOURCE : Side.DESTINATION;
    }
    if (source.hasValue() || destination.hasValue()) {
      return source.hasValue() ? Side.DESTINATION : Side.SOURCE;
    }
    return RuleOperand.worse(source, destination);
  }

  /** The source's words are enough where both sides lack it alike. */
  @Override
  default String lack(RuleOperand source, RuleOperand destination) {
    Side side = lacking(source, destination);
    return (side == Side.DESTINATION ? destination : source).lack(side);
  }

  @Override
  default String mismatch(RuleOperand source, RuleOperand destination) {
    return difference(form(source), form(destination));
  }

  /** The value as this operator has read it. */
  @SuppressWarnings("unchecked") // the operands of a rule are made by its operator
  private T form(RuleOperand operand) {
    if (operand.form() instanceof Parsed.Value<?>(Object value)) {
      return (T) value;
    }
    throw new IllegalStateException("expected a value that can be compared, found " + operand);
  }
}
