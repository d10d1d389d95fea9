package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
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

  /** What it demands, for a sentence: {@code one of enable}. */
  String demand();

  @Override
  default Finding apply(Parsed<String> source, Parsed<String> destination) {
    return apply(source, destination, true, true);
  }

  /** Likewise, of the sides that need it. */
  default Finding apply(
      Parsed<String> source,
      Parsed<String> destination,
      boolean sourceNeedsIt,
      boolean destinationNeedsIt) {
    List<Finding> findings = new ArrayList<>();
    if (side().hasSource() && sourceNeedsIt) {
      findings.add(test(source, Side.SOURCE));
    }
    if (side().hasDestination() && destinationNeedsIt) {
      findings.add(test(destination, Side.DESTINATION));
    }
    return findings.isEmpty()
        ? new Finding.Satisfied("not needed at either side")
        : Findings.both(findings);
  }

  private Finding test(Parsed<String> value, Side at) {
    if (!(value instanceof Parsed.Value<String>(String text))) {
      return Unjudgeable.of(value, at).orElseThrow();
    }
    try {
      return admits(text)
          ? new Finding.Satisfied("as demanded: " + demand())
          : new Finding.Failed(
              Quoted.of(text.replace('\n', ' ')) + " " + at.place() + " is not " + demand());
    } catch (UnfitException e) {
      return Unjudgeable.malformed(at, e);
    }
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
