package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RuleEffect;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules that an operator may turn off, and verdicts without them (docs/rules.md, "Overrides").
 * Each is a rule beside which all others are judged: where one of the others fails, other rules may
 * not have been looked at, so that nobody would know what a pair without it lacks.
 */
public final class OverridableRules {

  private static final Pattern OF_PACK =
      Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}/[a-z0-9][a-z0-9_.-]{0,63}");

  private OverridableRules() {}

  /** The rules of the code that may be turned off, sorted. */
  public static List<String> fixed() {
    return Arrays.stream(FixedRule.values())
        .filter(FixedRule::isOverridable)
        .map(FixedRule::toString)
        .sorted()
        .toList();
  }

  /**
   * True for the spelling of a rule that may be turned off, whether there is such a pack or not.
   */
  public static boolean isSpelledSo(String rule) {
    return fixed().contains(rule) || OF_PACK.matcher(rule).matches();
  }

  /** The spelling of such a rule, in words. */
  public static String spelling() {
    return "a rule that can be overridden: PACK/RULE, or one of " + fixed();
  }

  /** True where the rule of a reason may be turned off: not what a pack compares as an identity. */
  static boolean contain(RuleId rule) {
    return switch (rule) {
      case FixedRule fixed -> fixed.isOverridable();
      case PackRuleId ofPack -> OF_PACK.matcher(ofPack.toString()).matches();
    };
  }

  /**
   * The sentence that refuses a rule; empty where it may be turned off.
   *
   * @param packs those that may have it
   */
  public static Optional<String> refusal(String rule, RulePacks packs) {
    if (fixed().contains(rule)) {
      return Optional.empty();
    }
    int slash = rule.indexOf('/');
    Optional<RulePack> pack = slash < 0 ? Optional.empty() : packs.find(rule.substring(0, slash));
    if (pack.isEmpty()) {
      return Optional.of(
          "expected a rule that can be overridden: one of %s, or PACK/RULE of one of the packs %s,"
                  .formatted(
                      String.join(", ", fixed()),
                      String.join(", ", packs.all().stream().map(RulePack::id).toList()))
              + " found "
              + Quoted.of(rule));
    }
    List<String> ofPack = of(pack.get());
    return ofPack.contains(rule)
        ? Optional.empty()
        : Optional.of(
            "expected a rule of the pack %s that can be overridden: %s, found %s"
                .formatted(
                    pack.get().id(),
                    ofPack.isEmpty() ? "it has none" : String.join(", ", ofPack),
                    Quoted.of(rule)));
  }

  /**
   * True where the rule is judged: a rule of a pack is not where the pack is not there, has it no
   * more, or another of its options is chosen.
   */
  public static boolean isJudged(String rule, RulePacks packs) {
    int slash = rule.indexOf('/');
    return slash < 0
        ? fixed().contains(rule)
        : packs
            .find(rule.substring(0, slash))
            .filter(pack -> of(pack.rules().stream()).contains(rule))
            .isPresent();
  }

  /** The rules of a pack that may be turned off, under whatever options. */
  private static List<String> of(RulePack pack) {
    return of(Stream.concat(pack.rules().stream(), pack.switchedOff().stream()));
  }

  private static List<String> of(Stream<PackRule> rules) {
    return rules
        .filter(rule -> rule.effect() == RuleEffect.REASON)
        .map(PackRule::reason)
        .filter(reason -> OF_PACK.matcher(reason).matches())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The verdict without what operators have turned off. What is malformed or unreadable stays a
   * reason, with a warning that says why the override does not count.
   *
   * @param overrides those that concern the pair, by id: of several for one rule the first counts
   */
  public static Verdict without(List<RuleOverride> overrides, Verdict verdict) {
    if (overrides.isEmpty() || verdict.outcome() == Outcome.COMPATIBLE) {
      return verdict;
    }
    List<Reason> reasons = new ArrayList<>();
    List<Overridden> overridden = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>(verdict.warnings());
    for (Reason reason : verdict.reasons()) {
      Optional<RuleOverride> by =
          overrides.stream()
              .filter(each -> each.rule().equals(reason.rule().toString()))
              .findFirst();
      if (by.isEmpty() || !contain(reason.rule())) {
        reasons.add(reason);
      } else if (isOfBadValue(reason)) {
        reasons.add(reason);
        warnings.add(notCounting(reason, by.get()));
      } else {
        overridden.add(new Overridden(reason, by.get()));
      }
    }
    if (reasons.isEmpty()) {
      // What the operator answers for is one rule, not that nothing was compared at all.
      verdict.noneJudged().ifPresent(reasons::add);
    }
    return new Verdict(
        outcome(reasons),
        reasons,
        verdict.obligations(),
        warnings,
        verdict.decidedBy(),
        overridden,
        verdict.noneJudged());
  }

  /** True where a value is there that nobody can read: whatever it says may matter. */
  private static boolean isOfBadValue(Reason reason) {
    return switch (reason) {
      case Failed _ -> false;
      case Unjudged unjudged ->
          unjudged.state() != State.ABSENT
              || unjudged.lacks().stream()
                  .anyMatch(lack -> !(lack.value() instanceof Parsed.Absent));
    };
  }

  private static Warning notCounting(Reason reason, RuleOverride by) {
    return new Warning(
        reason.rule(),
        reason.attribute(),
        "the override "
            + by.id()
            + " does not count here: a value that is malformed or unreadable is never turned into"
            + " a yes");
  }

  private static Outcome outcome(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return Outcome.COMPATIBLE;
    }
    return reasons.stream().anyMatch(Failed.class::isInstance)
        ? Outcome.INCOMPATIBLE
        : Outcome.UNKNOWN;
  }
}
