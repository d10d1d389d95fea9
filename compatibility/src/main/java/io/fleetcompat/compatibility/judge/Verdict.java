package io.fleetcompat.compatibility.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of the rules for an ordered pair of profiles.
 *
 * @param reasons why it is not compatible: all of them, in order of facet, rule and attribute;
 *     empty exactly if {@link Outcome#COMPATIBLE}
 * @param obligations what whoever migrates must still set at the destination
 * @param warnings what would go wrong without being incompatible
 */
public record Verdict(
    Outcome outcome, List<Reason> reasons, List<Obligation> obligations, List<Warning> warnings) {

  public Verdict {
    reasons = List.copyOf(reasons);
    obligations = List.copyOf(obligations);
    warnings = List.copyOf(warnings);
    if (reasons.isEmpty() != (outcome == Outcome.COMPATIBLE)) {
      throw new IllegalArgumentException("a verdict has reasons exactly if it is not COMPATIBLE");
    }
  }

  /** The same verdict with the source device's values laid over its obligations. */
  public Verdict withValues(Map<String, String> values) {
    if (obligations.isEmpty() || values.isEmpty()) {
      return this;
    }
    List<Obligation> valued =
        obligations.stream()
            .map(o -> new Obligation(o.attribute(), Optional.ofNullable(values.get(o.attribute()))))
            .toList();
    return new Verdict(outcome, reasons, valued, warnings);
  }

  /** The outcomes in order of precedence: the worst of several is the verdict. */
  public enum Outcome {
    COMPATIBLE,
    UNKNOWN,
    INCOMPATIBLE
  }

  /** The cause for which a rule could not be judged. */
  public enum State {
    UNREADABLE("unreadable"),
    MALFORMED("malformed"),
    ABSENT("absent");

    private final String spelling;

    State(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public String toString() {
      return spelling;
    }
  }

  /**
   * A thing that whoever migrates must still set at the destination.
   *
   * @param attribute an attribute of the device instance, from {@code dynamic_resources}
   * @param value the source device's value; empty where the source is a type, or has none
   */
  public record Obligation(String attribute, Optional<String> value) {}

  /** A thing that would go wrong without being incompatible. */
  public record Warning(RuleId rule, Optional<String> attribute, String detail) {}
}
