package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Pattern;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.SortedMap;

/** The rule {@code self-compatible} (specification 3.2), in one direction or in both. */
record SelfRules(boolean mutual) {

  static final String ID = "self-compatible";

  void judge(Profile source, Profile destination, Findings findings) {
    SelfCompatible from = source.selfCompatible().orElse(null);
    if (from == null) {
      return;
    }
    SelfCompatible to = destination.selfCompatible().orElse(null);
    if (to == null) {
      missing(source, destination, findings);
      return;
    }
    accepts(new SelfReasons(false), from, to, findings);
    if (mutual && !findings.decided()) {
      accepts(new SelfReasons(true), to, from, findings);
    }
  }

  /** The facet is always on the endpoint's own node. */
  private static void missing(Profile source, Profile destination, Findings findings) {
    if (!source.isType() && destination.isType()) {
      findings.unknown(() -> Reasons.missing(FacetId.SELF_COMPATIBLE, Judge.FACET_MISSING, true));
    } else {
      findings.incompatible(
          () -> Reasons.missing(FacetId.SELF_COMPATIBLE, Judge.FACET_MISSING, false));
    }
  }

  /** Whether what the one says of itself is accepted by the other's compatible list. */
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
      findings.unknown(() -> reasons.unusable(one.selves(), other.patterns()));
    }
  }

  /** Whether the budget sufficed for one self; what follows would be given up as well. */
  private static boolean isJudged(
      SelfReasons reasons,
      SortedMap<String, String> self,
      List<Pattern> patterns,
      SearchBudget budget,
      Findings findings) {
    if (self.isEmpty()) {
      findings.unknown(() -> reasons.unusable(new Parsed.Absent<>(), new Parsed.Value<>(patterns)));
      return true;
    }
    for (Pattern pattern : patterns) {
      if (PatternSearch.matches(pattern, self, budget)) {
        return true;
      }
    }
    if (budget.isExhausted()) {
      findings.unknown(reasons::tooComplex);
      return false;
    }
    mismatch(reasons, self, patterns, budget, findings);
    return true;
  }

  private static void mismatch(
      SelfReasons reasons,
      SortedMap<String, String> self,
      List<Pattern> patterns,
      SearchBudget budget,
      Findings findings) {
    if (!findings.keepsReasons()) {
      findings.incompatible(reasons::tooComplex);
    } else if (budget.mayExplain()) {
      List<Reason> found = reasons.mismatch(self, patterns);
      budget.explained(found.size());
      found.forEach(reason -> findings.incompatible(() -> reason));
    }
  }
}
