package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/**
 * The part of one side in one rule: its value, looked up and parsed, and which of the rule's
 * conditions hold there. Immutable; any number of threads.
 *
 * @param value of the rule's attribute, in normal form
 * @param form the value in the form that the operator compares; malformed also where it has none
 * @param ownResult the result of this side alone: a comparison of both needs both to be satisfied
 * @param exemption whether the side needs a value at all
 * @param mayApply false where the rule is known not to apply to such a side
 */
public record RuleOperand(
    Parsed<String> value,
    Parsed<?> form,
    RuleResult ownResult,
    Exempted exemption,
    boolean mayApply) {

  /** The operand of a side that has no value, and that is not asked for one. */
  static RuleOperand notAsked(boolean mayApply) {
    return new RuleOperand(
        new Parsed.Absent<>(),
        new Parsed.Absent<>(),
        RuleResult.NOT_APPLICABLE,
        Exempted.NO,
        mayApply);
  }

  boolean isNotAsked() {
    return ownResult == RuleResult.NOT_APPLICABLE;
  }

  /** True where there is a value, whether it can be compared or not. */
  boolean hasValue() {
    return value instanceof Parsed.Value;
  }

  /** True where what it needs can not be compared, since it is absent, unreadable or malformed. */
  public boolean isLacking() {
    return ownResult == RuleResult.UNJUDGED;
  }

  /** True where what it needs is there, or may be, and nobody can tell what it says. */
  boolean isMalformed() {
    return isLacking() && form instanceof Parsed.Malformed;
  }

  /** The value that cannot be compared, where that is so. */
  public Parsed<String> none() {
    return switch (form) {
      case Parsed.Malformed<?>(String problem) -> new Parsed.Malformed<>(problem);
      case Parsed.Unreadable<?>(String errno) -> new Parsed.Unreadable<>(errno);
      case Parsed.Absent<?> _ -> new Parsed.Absent<>();
      case Parsed.Value<?> _ ->
          throw new IllegalStateException("expected no value that can be compared, found " + this);
    };
  }

  /** The cause that nothing can be compared; never where something can. */
  Parsed.State state() {
    return Unjudgeable.state(form);
  }

  /** The words for that, to follow "is". */
  String lack(Side at) {
    return Unjudgeable.words(form, at);
  }

  /** The side where it is worse that nothing can be compared; both, where that is equal. */
  static Side worse(RuleOperand source, RuleOperand destination) {
    int order = Unjudgeable.WORST_FIRST.compare(source.state(), destination.state());
    return order == 0 ? Side.BOTH : order < 0 ? Side.SOURCE : Side.DESTINATION;
  }
}
