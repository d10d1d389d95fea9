package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/**
 * The comparison that a rule makes: of both values ({@link PairOperator}), or of each side's value
 * with what the rule says ({@link ValueOperator}). It judges what each side has been parsed to
 * ({@link RuleOperand}), and puts into words only what somebody asks for.
 */
public sealed interface Operator permits PairOperator, ValueOperator {

  /** The name that a pack gives it. */
  String name();

  /** True where it demands the same of either side. */
  boolean isAlikeForBoth();

  /**
   * The operand of a side.
   *
   * @param at one of the two
   */
  RuleOperand operand(Parsed<String> value, Side at, Exempted exemption, boolean mayApply);

  /**
   * Compares two operands. What is absent, malformed or unreadable at a side that it is about, or
   * no value of the form that it compares, is {@link RuleResult#UNJUDGED}.
   */
  RuleResult compare(RuleOperand source, RuleOperand destination);

  /** The side whose lack is why it could not be judged, where that is so. */
  Side lacking(RuleOperand source, RuleOperand destination);

  /** The words for that, to follow "is". */
  String lack(RuleOperand source, RuleOperand destination);

  /** The words for how two operands do not satisfy it, where that is so. */
  String mismatch(RuleOperand source, RuleOperand destination);

  /** A parser of one value. */
  @FunctionalInterface
  interface ValueForm<T> {
    T parse(String text) throws UnfitException;
  }

  /** A value in another form: malformed where it has none, and what is not there stays so. */
  static <T> Parsed<T> parsed(Parsed<String> value, ValueForm<T> form) {
    return switch (value) {
      case Parsed.Value<String>(String text) -> parsed(text, form);
      case Parsed.Malformed<String>(String problem) -> new Parsed.Malformed<>(problem);
      case Parsed.Unreadable<String>(String errno) -> new Parsed.Unreadable<>(errno);
      case Parsed.Absent<String>() -> new Parsed.Absent<>();
    };
  }

  private static <T> Parsed<T> parsed(String text, ValueForm<T> form) {
    try {
      return new Parsed.Value<>(form.parse(text));
    } catch (UnfitException e) {
      return new Parsed.Malformed<>(e.problem());
    }
  }
}
