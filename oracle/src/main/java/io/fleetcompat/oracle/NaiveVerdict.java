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
 * @param overridden ids of the rules that an operator has turned off, and that would be among the
 *     reasons
 * @param whole false where the rule {@code self-compatible} is too hard to be judged by trying
 */
public record NaiveVerdict(
    Outcome outcome,
    SortedSet<String> rules,
    SortedMap<String, Optional<String>> obligations,
    SortedSet<String> warnings,
    SortedSet<String> overridden,
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
    this(outcome, rules, obligations, warnings, new TreeSet<>(), true);
  }

  public NaiveVerdict {
    rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
    obligations = Collections.unmodifiableSortedMap(new TreeMap<>(obligations));
    warnings = Collections.unmodifiableSortedSet(new TreeSet<>(warnings));
    overridden = Collections.unmodifiableSortedSet(new TreeSet<>(overridden));
  }

  /** True if an answer may stand: it says the same, as far as this one knows. */
  public boolean allows(NaiveVerdict answer) {
    return whole
        ? equals(answer)
        : answer.outcome.compareTo(outcome) >= 0
            && otherRules().equals(answer.otherRules())
            && obligations.equals(answer.obligations)
            && overridden.equals(answer.overridden)
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
        + (overridden.isEmpty() ? "" : "; overridden " + String.join(", ", overridden))
        + (obligations.isEmpty() ? "" : "; obligations " + obligations)
        + (warnings.isEmpty() ? "" : "; warnings " + warnings);
  }

  /** A verdict that is being made: the worst outcome so far, and why. One thread. */
  public static final class Findings {
    private final Set<String> turnedOff;
    private final Set<String> overridden = new TreeSet<>();
    private Outcome outcome = Outcome.COMPATIBLE;
    private boolean whole = true;
    private boolean noneJudged;
    private final Set<String> rules = new TreeSet<>();
    private final Map<String, Optional<String>> obligations = new TreeMap<>();
    private final Set<String> warnings = new TreeSet<>();

    /** Of an answer, or where nothing is turned off. */
    public Findings() {
      this(Set.of());
    }

    /**
     * @param turnedOff the rules that an operator has turned off for the pair
     */
    Findings(Set<String> turnedOff) {
      this.turnedOff = Set.copyOf(turnedOff);
    }

    public void incompatible(String rule) {
      if (turnedOff.contains(rule)) {
        overridden(rule);
        return;
      }
      outcome = Outcome.INCOMPATIBLE;
      rules.add(rule);
    }

    public void unknown(String rule) {
      outcome = outcome == Outcome.INCOMPATIBLE ? outcome : Outcome.UNKNOWN;
      rules.add(rule);
    }

    /** Nobody knows, and nothing is wrong with what is there: a value was not supplied. */
    void lacking(String rule) {
      if (turnedOff.contains(rule)) {
        overridden(rule);
      } else {
        unknown(rule);
      }
    }

    public void overridden(String rule) {
      overridden.add(rule);
    }

    /** The rule {@code self-compatible} may say anything. */
    public void tooHard() {
      whole = false;
    }

    void noneJudged() {
      noneJudged = true;
    }

    /** Everything was looked at: a yes needs a rule that was judged, whatever is turned off. */
    void close() {
      if (noneJudged && rules.isEmpty()) {
        unknown("no-rule-judged");
      }
    }

    public void obligation(String attribute, Optional<String> value) {
      obligations.put(attribute, value);
    }

    public void warning(String rule, String attribute) {
      warnings.add(rule + " " + attribute);
    }

    /**
     * A warning about a rule that is a reason says no more than that an override does not count.
     */
    public void forgetWarningsOfReasons() {
      warnings.removeIf(warning -> rules.contains(warning.substring(0, warning.indexOf(' '))));
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
          new TreeSet<>(overridden),
          whole);
    }
  }
}
