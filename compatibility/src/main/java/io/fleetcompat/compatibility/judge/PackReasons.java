package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.State;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.Finding;
import io.fleetcompat.compatibility.pack.NotMigratable;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RuleOutcome;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.Side;
import io.fleetcompat.compatibility.pack.ValueOperator;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The findings of one pack's rules, in words. */
record PackReasons(RulePack pack) {

  private static final FacetId FACET = FacetId.VENDOR_RULES;
  private static final String DRIVER = "driver";

  /** Tells what a rule of the pack has found. */
  void tell(RuleOutcome outcome, Findings findings) {
    switch (outcome) {
      case RuleOutcome.NotApplicable() -> {}
      case RuleOutcome.Judged judged -> tell(judged, findings);
    }
  }

  private void tell(RuleOutcome.Judged judged, Findings findings) {
    if (judged.finding() instanceof Finding.Satisfied) {
      findings.satisfied(() -> satisfied(judged));
      return;
    }
    switch (judged.effect()) {
      case REASON -> {
        if (judged.finding() instanceof Finding.Unjudged unjudged) {
          findings.unjudged(() -> unjudged(judged, unjudged));
        } else {
          findings.failed(() -> failed(judged));
        }
      }
      case WARNING -> findings.warned(() -> warning(judged));
      case OBLIGATION ->
          findings.obliged(() -> new Obligation(judged.address(), Reasons.shown(judged.source())));
    }
  }

  private Satisfied satisfied(RuleOutcome.Judged judged) {
    return new Satisfied(
        id(judged.rule()),
        FACET,
        judged.address(),
        Reasons.shown(judged.source()),
        Reasons.shown(judged.destination()),
        judged.rule().sentence(),
        Optional.of(basis(judged.rule())));
  }

  private Failed failed(RuleOutcome.Judged judged) {
    return new Failed(
        id(judged.rule()),
        FACET,
        Optional.of(judged.address()),
        Reasons.shown(judged.source()),
        Reasons.shown(judged.destination()),
        "expected: " + judged.rule().sentence() + "; found: " + judged.finding().detail(),
        Optional.of(basis(judged.rule())));
  }

  private Warning warning(RuleOutcome.Judged judged) {
    return new Warning(
        id(judged.rule()),
        Optional.of(judged.address()),
        Optional.of(judged.rule().sentence()),
        judged.finding().detail(),
        judged.finding() instanceof Finding.Unjudged ? lacks(judged) : List.of());
  }

  private Unjudged unjudged(RuleOutcome.Judged judged, Finding.Unjudged finding) {
    List<Lack> lacks = lacks(judged);
    return new Unjudged(
        id(judged.rule()),
        Optional.of(FACET),
        Optional.of(judged.address()),
        Reasons.shown(judged.source()),
        Reasons.shown(judged.destination()),
        State.valueOf(finding.state().name()),
        lacks.isEmpty() ? finding.detail() : Lack.words(lacks, Optional.empty(), Optional.empty()),
        Optional.of(basis(judged.rule())),
        lacks);
  }

  /** The sides that the rule is about and that have no value. */
  private static List<Lack> lacks(RuleOutcome.Judged judged) {
    Side about = judged.rule().operator() instanceof ValueOperator one ? one.side() : Side.BOTH;
    List<Lack> lacks = new ArrayList<>();
    if (about != Side.DESTINATION && !(judged.source() instanceof Parsed.Value)) {
      lacks.add(lack(Side.SOURCE, judged, judged.source()));
    }
    if (about != Side.SOURCE && !(judged.destination() instanceof Parsed.Value)) {
      lacks.add(lack(Side.DESTINATION, judged, judged.destination()));
    }
    return lacks;
  }

  private static Lack lack(Side side, RuleOutcome.Judged judged, Parsed<String> value) {
    return new Lack(side, judged.address(), value, judged.rule().supply());
  }

  private RuleId id(PackRule rule) {
    for (FixedRule fixed : List.of(FixedRule.TYPE_NAME, FixedRule.NOT_MIGRATABLE)) {
      if (fixed.toString().equals(rule.reason())) {
        return fixed;
      }
    }
    return new PackRuleId(pack.id(), rule.id());
  }

  private PackBasis basis(PackRule rule) {
    return new PackBasis(pack.name(), Optional.of(rule.failure()), spelled(rule.sources()));
  }

  static List<String> spelled(List<Citation> citations) {
    return citations.stream().map(Citation::toString).distinct().toList();
  }

  Failed notMigratable(
      NotMigratable statement, String detail, Parsed<String> driver, Parsed<String> to) {
    return new Failed(
        FixedRule.NOT_MIGRATABLE,
        FACET,
        Optional.of(DRIVER),
        Reasons.shown(driver),
        Reasons.shown(to),
        detail,
        Optional.of(
            new PackBasis(
                pack.name(),
                Optional.of(Failure.documented(FailureTime.EARLY)),
                spelled(statement.sources()))));
  }
}
