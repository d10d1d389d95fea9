package io.fleetcompat.compatibility.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules say of an ordered pair of profiles.
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

  /** In order of precedence: the worst of several is the verdict. */
  public enum Outcome {
    COMPATIBLE,
    UNKNOWN,
    INCOMPATIBLE
  }

  /** Why a rule could not be judged. */
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
   * @param rule rule id, such as {@code software-version}
   * @param facet facet id, such as {@code type-attributes}; empty for {@code
   *     no-migration-interface}
   * @param attribute the attribute's name; empty where the rule is about none
   * @param source its value at the source, in normal form; empty where it has none
   * @param destination its value at the destination, likewise
   * @param state why the rule could not be judged; empty where it was judged
   * @param detail a sentence
   */
  public record Reason(
      String rule,
      Optional<String> facet,
      Optional<String> attribute,
      Optional<String> source,
      Optional<String> destination,
      Optional<State> state,
      String detail) {}

  /**
   * @param attribute an attribute of the device instance, from {@code dynamic_resources}
   * @param value the source device's value; empty where the source is a type, or has none
   */
  public record Obligation(String attribute, Optional<String> value) {}

  /**
   * @param rule such as {@code claim-would-fail}
   */
  public record Warning(String rule, Optional<String> attribute, String detail) {}
}
