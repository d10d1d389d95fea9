package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Pattern;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.SortedMap;

/** The rule {@code self-compatible} (docs/rules.md 3.2), in one direction or in both. */
final class SelfRules extends FacetRules<SelfCompatible> {

  private final boolean mutual;

  SelfRules(boolean mutual) {
    super(FacetId.SELF_COMPATIBLE, SelfCompatible.class);
    this.mutual = mutual;
  }

  @Override
  void judge(Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    SelfCompatible from = of(source);
    SelfCompatible to = of(destination);
    accepts(new SelfReasons(reasons(), false), from, to, findings);
    if (mutual && !findings.decided()) {
      accepts(new SelfReasons(reasons(), true), to, from, findings);
    }
  }

  /** Judges what the one says of itself by the other's compatible list. */
  private static void accepts(
      SelfReasons reasons, SelfCompatible one, SelfCompatible other, Findings findings) {
    if (one.selves() instanceof Parsed.Value<List<SortedMap<String, String>>>(var selves)
        && other.patterns() instanceof Parsed.Value<List<Pattern>>(List<Pattern> patterns)
        && !selves.isEmpty()) {
      SearchBudget budget = new SearchBudget();
      for (SortedMap<String, String> self : selves) {
        if (!findings.decided() && !isJudged(reasons, self, patterns, budget, findings)) {
          return;
        }
      }
    } else {
      findings.unjudged(() -> reasons.unusable(one.selves(), other.patterns()));
    }
  }

  /**
   * Judges one self; false where the budget did not suffice, so that what follows would be given up
   * as well.
   */
  private static boolean isJudged(
      SelfReasons reasons,
      SortedMap<String, String> self,
      List<Pattern> patterns,
      SearchBudget budget,
      Findings findings) {
    if (self.isEmpty()) {
      findings.unjudged(
          () -> reasons.unusable(new Parsed.Absent<>(), new Parsed.Value<>(patterns)));
      return true;
    }
    int number = 0;
    for (Pattern pattern : patterns) {
      number++;
      if (PatternSearch.matches(pattern, self, budget)) {
        int matching = number;
        findings.satisfied(() -> reasons.accepted(self, matching, patterns.size()));
        return true;
      }
    }
    if (budget.isExhausted()) {
      findings.unjudged(reasons::tooComplex);
      return false;
    }
    if (budget.mayExplain()) {
      findings.failedForAll(() -> mismatch(reasons, self, patterns, budget));
    }
    return true;
  }

  private static List<Failed> mismatch(
      SelfReasons reasons,
      SortedMap<String, String> self,
      List<Pattern> patterns,
      SearchBudget budget) {
    List<Failed> found = reasons.mismatch(self, patterns);
    budget.explained(found.size());
    return found;
  }
}
