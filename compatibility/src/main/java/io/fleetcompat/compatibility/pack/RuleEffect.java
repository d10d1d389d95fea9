package io.fleetcompat.compatibility.pack;

/** The effects of a rule on a pair that does not satisfy it. */
public enum RuleEffect {
  /** A reason: it is not compatible. */
  REASON("reason"),
  /** A warning. */
  WARNING("warning"),
  /** An obligation: whoever migrates must set the source's value at the destination. */
  OBLIGATION("obligation");

  private final String spelling;

  RuleEffect(String spelling) {
    this.spelling = spelling;
  }

  static RuleEffect of(String spelling) {
    return spelling.isEmpty() ? REASON : Spelled.one(values(), spelling);
  }

  @Override
  public String toString() {
    return spelling;
  }
}
