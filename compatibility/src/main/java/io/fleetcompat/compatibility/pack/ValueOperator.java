package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Quoted;
import java.util.List;

/** The operators that compare the value of each side with what the rule says. */
public sealed interface ValueOperator extends Operator {

  /** The sides that it is about. */
  Side side();

  /**
   * Whether a value that is there satisfies it.
   *
   * @throws UnfitException where it is none that can be compared
   */
  boolean admits(String value) throws UnfitException;

  /** The words for its demand, in a sentence: {@code one of enable}. */
  String demand();

  @Override
  default boolean isAlikeForBoth() {
    return side() == Side.BOTH;
  }

  /** A side that it is not about, or that needs no value, is satisfied whatever it has. */
  @Override
  default RuleOperand operand(Parsed<String> value, Side at, Exempted exemption, boolean mayApply) {
    Parsed<Boolean> form = Operator.parsed(value, this::admits);
    boolean isTested =
        (side() == Side.BOTH || side() == at) && !(exemption instanceof Exempted.Yes);
    RuleResult ownResult = isTested ? result(form, exemption) : RuleResult.SATISFIED;
    return new RuleOperand(value, form, ownResult, exemption, mayApply);
  }

  /** A value that does not satisfy it does not matter where the side may be exempted. */
  private static RuleResult result(Parsed<Boolean> admitted, Exempted exemption) {
    if (!(admitted instanceof Parsed.Value<Boolean>(Boolean yes))) {
      return RuleResult.UNJUDGED;
    }
    return yes
        ? RuleResult.SATISFIED
        : exemption instanceof Exempted.Open ? RuleResult.OPEN : RuleResult.FAILED;
  }

  @Override
  default RuleResult compare(RuleOperand source, RuleOperand destination) {
    return source.ownResult().and(destination.ownResult());
  }

  @Override
  default Side lacking(RuleOperand source, RuleOperand destination) {
    if (source.ownResult() != RuleResult.UNJUDGED) {
      return Side.DESTINATION;
    }
    return destination.ownResult() == RuleResult.UNJUDGED
        ? RuleOperand.worse(source, destination)
        : Side.SOURCE;
  }

  @Override
  default String lack(RuleOperand source, RuleOperand destination) {
    return switch (lacking(source, destination)) {
      case SOURCE -> source.lack(Side.SOURCE);
      case DESTINATION -> destination.lack(Side.DESTINATION);
      case BOTH -> Elements.join(source.lack(Side.SOURCE), destination.lack(Side.DESTINATION));
    };
  }

  @Override
  default String mismatch(RuleOperand source, RuleOperand destination) {
    return Elements.join(mismatch(source, Side.SOURCE), mismatch(destination, Side.DESTINATION));
  }

  /** Empty where that side is not to blame. */
  private String mismatch(RuleOperand operand, Side at) {
    return (operand.ownResult() == RuleResult.FAILED || operand.ownResult() == RuleResult.OPEN)
            && operand.value() instanceof Parsed.Value<String>(String text)
        ? Quoted.of(text.replace('\n', ' ')) + " " + at.place() + " is not " + demand()
        : "";
  }

  /** The value is one of those listed: patterns, or ranges of numbers. */
  record AllowedValues(List<String> values, Side side) implements ValueOperator {

    public AllowedValues {
      values = List.copyOf(values);
    }

    @Override
    public String name() {
      return "allowed-values";
    }

    @Override
    public boolean admits(String value) throws UnfitException {
      for (String allowed : values) {
        boolean inRange =
            IntRange.isNumber(value)
                && isRange(allowed)
                && IntRange.parse(allowed).contains(IntRange.number(value));
        if (inRange || new Glob(allowed).matches(value)) {
          return true;
        }
      }
      return false;
    }

    private static boolean isRange(String allowed) {
      int dash = allowed.indexOf('-');
      return dash > 0
          && IntRange.isNumber(allowed.substring(0, dash))
          && IntRange.isNumber(allowed.substring(dash + 1));
    }

    @Override
    public String demand() {
      return values.size() == 1 ? values.get(0) : "one of " + Elements.shown(values);
    }
  }

  /** The version is not below the one that the rule gives. */
  record Minimum(DottedVersion version, String spelling, Side side) implements ValueOperator {
    @Override
    public String name() {
      return "minimum";
    }

    @Override
    public boolean admits(String value) throws UnfitException {
      return DottedVersion.parse(value).compareTo(version) >= 0;
    }

    @Override
    public String demand() {
      return "at least " + spelling;
    }
  }

  /** The version is in one of the ranges. */
  record VersionRanges(List<VersionRange> ranges, Side side) implements ValueOperator {

    public VersionRanges {
      ranges = List.copyOf(ranges);
    }

    @Override
    public String name() {
      return "version-ranges";
    }

    @Override
    public boolean admits(String value) throws UnfitException {
      DottedVersion version = DottedVersion.parse(value);
      return ranges.stream().anyMatch(range -> range.contains(version));
    }

    @Override
    public String demand() {
      return "in " + Elements.shown(ranges.stream().map(VersionRange::spelling).toList());
    }
  }

  /** The number is in the range. */
  record IntInRange(IntRange range, Side side) implements ValueOperator {
    @Override
    public String name() {
      return "int-in-range";
    }

    @Override
    public boolean admits(String value) throws UnfitException {
      return range.contains(IntRange.number(value));
    }

    @Override
    public String demand() {
      return "in " + range;
    }
  }

  /** The attribute is there. */
  record Present(Side side) implements ValueOperator {
    @Override
    public String name() {
      return "present";
    }

    @Override
    public boolean admits(String value) {
      return true;
    }

    @Override
    public String demand() {
      return "there";
    }
  }
}
