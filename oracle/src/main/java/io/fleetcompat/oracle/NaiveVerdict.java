package io.fleetcompat.oracle;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A verdict reduced to what two implementations must agree on.
 *
 * @param rules ids of the rules among the reasons
 * @param obligations value by attribute
 * @param warnings rule and attribute, joined by a blank
 * @param whole false where the rule {@code self-compatible} is too hard to be judged by trying
 */
public record NaiveVerdict(
    Outcome outcome,
    SortedSet<String> rules,
    SortedMap<String, Optional<String>> obligations,
    SortedSet<String> warnings,
    boolean whole) {

  /** The outcomes in order of precedence: the worst of several is the verdict. */
  public enum Outcome {
    COMPATIBLE,
    UNKNOWN,
    INCOMPATIBLE
  }

  public NaiveVerdict(
      Outcome outcome,
      SortedSet<String> rules,
      SortedMap<String, Optional<String>> obligations,
      SortedSet<String> warnings) {
    this(outcome, rules, obligations, warnings, true);
  }

  public NaiveVerdict {
    rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
    obligations = Collections.unmodifiableSortedMap(new TreeMap<>(obligations));
    warnings = Collections.unmodifiableSortedSet(new TreeSet<>(warnings));
  }

  /** True if an answer may stand: it says the same, as far as this one knows. */
  public boolean allows(NaiveVerdict answer) {
    return whole
        ? equals(answer)
        : answer.outcome.compareTo(outcome) >= 0
            && otherRules().equals(answer.otherRules())
            && obligations.equals(answer.obligations)
            && warnings.equals(answer.warnings);
  }

  private SortedSet<String> otherRules() {
    SortedSet<String> others = new TreeSet<>(rules);
    others.remove(NaiveSelfCompatible.RULE);
    return others;
  }

  /** The verdict as people read it. */
  public String words() {
    return outcome
        + (rules.isEmpty() ? "" : " because of " + String.join(", ", rules))
        + (obligations.isEmpty() ? "" : "; obligations " + obligations)
        + (warnings.isEmpty() ? "" : "; warnings " + warnings);
  }

  /** A verdict that is being made: the worst outcome so far, and why. One thread. */
  public static final class Findings {
    private Outcome outcome = Outcome.COMPATIBLE;
    private boolean whole = true;
    private final Set<String> rules = new TreeSet<>();
    private final Map<String, Optional<String>> obligations = new TreeMap<>();
    private final Set<String> warnings = new TreeSet<>();

    public void incompatible(String rule) {
      outcome = Outcome.INCOMPATIBLE;
      rules.add(rule);
    }

    public void unknown(String rule) {
      outcome = outcome == Outcome.INCOMPATIBLE ? outcome : Outcome.UNKNOWN;
      rules.add(rule);
    }

    /** The rule {@code self-compatible} may say anything. */
    public void tooHard() {
      whole = false;
    }

    public void obligation(String attribute, Optional<String> value) {
      obligations.put(attribute, value);
    }

    public void warning(String rule, String attribute) {
      warnings.add(rule + " " + attribute);
    }

    public NaiveVerdict verdict() {
      return verdict(outcome);
    }

    /** The findings, under an outcome that somebody else decided. */
    public NaiveVerdict verdict(Outcome decided) {
      return new NaiveVerdict(
          decided,
          new TreeSet<>(rules),
          new TreeMap<>(obligations),
          new TreeSet<>(warnings),
          whole);
    }
  }
}
