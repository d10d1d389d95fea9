package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.JudgedRule;
import io.fleetcompat.compatibility.pack.NotMigratable;
import io.fleetcompat.compatibility.pack.PackOperands;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RuleOperand;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RuleResult;
import io.fleetcompat.compatibility.pack.Shortfall;
import io.fleetcompat.compatibility.pack.Side;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The findings of one pack's rules, in words. */
record PackReasons(RulePack pack) {

  private static final FacetId FACET = FacetId.VENDOR_RULES;
  private static final String DRIVER = "driver";

  /** Tells what a rule of the pack has found for a pair. */
  void tell(JudgedRule judged, Findings findings) {
    switch (judged.result()) {
      case NOT_APPLICABLE -> {}
      case SATISFIED -> findings.satisfied(() -> satisfied(judged));
      case FAILED, OPEN, UNJUDGED, TOLERATED -> {
        switch (judged.effect()) {
          case REASON -> findings.keep(() -> reason(judged));
          case WARNING -> findings.warned(() -> warning(judged));
          case OBLIGATION ->
              findings.obliged(
                  () -> new Obligation(judged.address(), Reasons.shown(judged.source())));
        }
      }
    }
  }

  private Reason reason(JudgedRule judged) {
    return switch (judged.shortfall()) {
      case Shortfall.Mismatch mismatch -> failed(judged, mismatch);
      case Shortfall.Missing missing -> unjudged(judged, missing);
    };
  }

  private Satisfied satisfied(JudgedRule judged) {
    return new Satisfied(
        id(judged.rule()),
        FACET,
        judged.address(),
        Reasons.shown(judged.source()),
        Reasons.shown(judged.destination()),
        judged.rule().sentence(),
        Optional.of(basis(judged.rule())));
  }

  private Failed failed(JudgedRule judged, Shortfall.Mismatch mismatch) {
    return new Failed(
        id(judged.rule()),
        FACET,
        Optional.of(judged.address()),
        Reasons.shown(judged.source()),
        Reasons.shown(judged.destination()),
        "expected: " + judged.rule().sentence() + "; found: " + mismatch.detail(),
        Optional.of(basis(judged.rule())));
  }

  private Warning warning(JudgedRule judged) {
    Shortfall shortfall = judged.shortfall();
    return new Warning(
        id(judged.rule()),
        Optional.of(judged.address()),
        Optional.of(judged.rule().sentence()),
        shortfall.detail(),
        judged.result() == RuleResult.UNJUDGED || judged.result() == RuleResult.TOLERATED
            ? lacks(judged)
            : List.of());
  }

  private Unjudged unjudged(JudgedRule judged, Shortfall.Missing missing) {
    List<Lack> lacks = lacks(judged);
    return new Unjudged(
        id(judged.rule()),
        Optional.of(FACET),
        Optional.of(judged.address()),
        Reasons.shown(judged.source()),
        Reasons.shown(judged.destination()),
        missing.state(),
        unjudged(judged, missing, lacks),
        Optional.of(basis(judged.rule())),
        lacks);
  }

  /** One side may lack a value, and the other one have a value that may not matter. */
  private static String unjudged(JudgedRule judged, Shortfall.Missing missing, List<Lack> lacks) {
    if (lacks.isEmpty()) {
      return missing.detail();
    }
    String words = Lack.words(lacks, Optional.empty(), Optional.empty());
    return judged.result() == RuleResult.OPEN ? missing.detail() + "; " + words : words;
  }

  private static List<Lack> lacks(JudgedRule judged) {
    return lacks(judged.rule(), judged.from(), judged.to());
  }

  /** The sides that the rule is about and that have nothing that it can compare. */
  private static List<Lack> lacks(PackRule rule, RuleOperand from, RuleOperand to) {
    List<Lack> lacks = new ArrayList<>();
    if (from.isLacking()) {
      lacks.add(new Lack(Side.SOURCE, rule.address(), from.none(), rule.supply()));
    }
    if (to.isLacking()) {
      lacks.add(new Lack(Side.DESTINATION, rule.address(), to.none(), rule.supply()));
    }
    return lacks;
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

  /** Nothing that the pack demands was compared, so nothing is known of the pair. */
  Unjudged noRuleJudged(PackOperands source, PackOperands destination) {
    List<Lack> lacks = new ArrayList<>();
    for (int i = 0; i < pack.rules().size(); i++) {
      PackRule rule = pack.rules().get(i);
      RuleOperand from = source.rules(Side.SOURCE).operands().get(i);
      RuleOperand to = destination.rules(Side.DESTINATION).operands().get(i);
      if (rule.isAbout(from, to)) {
        lacks.addAll(lacks(rule, from, to));
      }
    }
    List<Lack> each = lacks.stream().distinct().toList();
    String why =
        each.isEmpty()
            ? "none of them is about this pair"
            : Lack.words(each, Optional.empty(), Optional.empty());
    return new Unjudged(
        FixedRule.NO_RULE_JUDGED,
        Optional.of(FACET),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        State.ABSENT,
        "not one rule of the pack " + pack.name() + " could be judged: " + why,
        Optional.of(new PackBasis(pack.name(), Optional.empty(), spelled(pack.sources()))),
        each);
  }

  /**
   * VFIO shows that a driver gave a device no migration operations.
   *
   * @param to empty where nothing is known of the destination, or it speaks for itself
   */
  Failed noOperations(VendorFacts from, Optional<VendorFacts> to) {
    Parsed<String> source = Migratability.operations(from);
    Parsed<String> destination = to.map(Migratability::operations).orElse(new Parsed.Absent<>());
    return new Failed(
        FixedRule.NOT_MIGRATABLE,
        FACET,
        Optional.of(VendorFacts.VFIO_MIGRATION),
        Reasons.shown(source),
        Reasons.shown(destination),
        "VFIO shows no migration operations of the driver for "
            + lacking(
                Migratability.isKnownToLackOperations(from),
                to.filter(Migratability::isKnownToLackOperations).isPresent()),
        Optional.of(
            new PackBasis(
                pack.name(),
                Optional.of(Failure.documented(FailureTime.EARLY)),
                spelled(
                    AttributeCatalogue.builtIn()
                        .find(VendorFacts.VFIO_MIGRATION)
                        .orElseThrow()
                        .sources()))));
  }

  private static String lacking(boolean source, boolean destination) {
    return source && destination ? "either device" : source ? "the source" : "the destination";
  }

  static List<String> spelled(List<Citation> citations) {
    return citations.stream().map(Citation::toString).distinct().toList();
  }

  Failed notMigratable(NotMigratable statement, Parsed<String> driver, Parsed<String> to) {
    return new Failed(
        FixedRule.NOT_MIGRATABLE,
        FACET,
        Optional.of(DRIVER),
        Reasons.shown(driver),
        Reasons.shown(to),
        statement.reason(),
        Optional.of(
            new PackBasis(
                pack.name(),
                Optional.of(Failure.documented(FailureTime.EARLY)),
                spelled(statement.sources()))));
  }
}
