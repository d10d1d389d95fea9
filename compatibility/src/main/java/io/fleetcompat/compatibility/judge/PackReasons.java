package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
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
  private static final Reasons WORDS = new Reasons(FACET);
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

  /** What a rule that every pack has rests on: that pack, and docs/rules.md. */
  private Optional<PackBasis> general() {
    return Optional.of(new PackBasis(pack.name(), Optional.empty(), List.of()));
  }

  private Failed failed(
      FixedRule rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail) {
    return new Failed(rule, FACET, Optional.of(attribute), source, destination, detail, general());
  }

  private Unjudged unjudged(
      FixedRule rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      State state,
      String detail) {
    return new Unjudged(
        rule,
        Optional.of(FACET),
        Optional.of(attribute),
        source,
        destination,
        state,
        detail,
        general(),
        List.of());
  }

  private Unjudged about(FixedRule rule, String detail) {
    return new Unjudged(
        rule,
        Optional.of(FACET),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        State.ABSENT,
        detail,
        general(),
        List.of());
  }

  Unjudged noRules(String why, Parsed<String> driver, Parsed<String> to) {
    String name = Reasons.shown(driver).orElse("");
    return unjudged(
        FixedRule.NO_RULES,
        DRIVER,
        Reasons.shown(driver),
        Reasons.shown(to),
        State.ABSENT,
        "no pack has rules for the source's driver " + name + ": " + why);
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

  /** Why no pack speaks for a device: to follow a colon. */
  static String noPack(VendorFacts facts) {
    return switch (facts.driver()) {
      case Parsed.Value<String>(String driver) ->
          "no rule pack is about its driver " + driver + " (kind " + facts.kind() + ")";
      case Parsed.Absent<String> _ -> "no driver holds it that a rule pack could be about";
      case Parsed.Malformed<String> _, Parsed.Unreadable<String> _ ->
          "its driver is not known" + Reasons.problem(facts.driver()).map(p -> ": " + p).orElse("");
    };
  }

  Unjudged mismatch() {
    return about(
        FixedRule.FACET_MISMATCH,
        "a document speaks for the source, and the destination's driver declares something itself:"
            + " nobody says how they relate");
  }

  Unjudged nothingKnown(String side) {
    return about(FixedRule.FACET_MISSING, "nothing is known of the " + side + "'s driver");
  }

  /** Packs have demands, and nobody knows whether they concern the source. */
  static Unjudged unknownSource() {
    return new Unjudged(
        FixedRule.FACET_MISSING,
        Optional.of(FACET),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        State.ABSENT,
        "nothing is known of the source's driver, which packs have demands of");
  }

  Failed vendors(Parsed<String> from, Parsed<String> to) {
    return failed(
        FixedRule.VENDOR,
        VendorFacts.VENDOR,
        Reasons.shown(from),
        Reasons.shown(to),
        "the PCI vendors differ");
  }

  Satisfied sameVendor(Parsed<String> from, Parsed<String> to) {
    return new Satisfied(
        FixedRule.VENDOR,
        FACET,
        VendorFacts.VENDOR,
        Reasons.shown(from),
        Reasons.shown(to),
        "both are of one vendor",
        general());
  }

  Unjudged vendorUnknown(Parsed<String> from, Parsed<String> to) {
    Unjudged plain = WORDS.unjudged(FixedRule.VENDOR, VendorFacts.VENDOR, from, to);
    return unjudged(
        FixedRule.VENDOR,
        VendorFacts.VENDOR,
        plain.source(),
        plain.destination(),
        plain.state(),
        plain.detail());
  }

  Failed kinds(DeviceKind from, DeviceKind to) {
    return failed(
        FixedRule.DEVICE_KIND,
        "kind",
        Optional.of(from.toString()),
        Optional.of(to.toString()),
        "they are different kinds of device");
  }

  Failed typeNames(Parsed<String> from, Parsed<String> to) {
    return failed(
        FixedRule.TYPE_NAME,
        VendorFacts.TYPE_NAME,
        Reasons.shown(from),
        Reasons.shown(to),
        "the types have different names");
  }

  Failed families(Parsed<String> driver, RulePack other) {
    return failed(
        FixedRule.DRIVER_FAMILY,
        DRIVER,
        Optional.of(pack.id()),
        Optional.of(other.id()),
        "the destination's driver "
            + Reasons.shown(driver).orElse("(none)")
            + " is of another family ("
            + other.title()
            + ")");
  }

  Unjudged driverUnknown(Parsed<String> driver) {
    boolean known = driver instanceof Parsed.Value;
    return unjudged(
        FixedRule.DRIVER_FAMILY,
        DRIVER,
        Optional.empty(),
        Reasons.shown(driver),
        known ? State.ABSENT : Reasons.state(driver, driver),
        known
            ? "whether the destination is of the family "
                + pack.id()
                + " depends on a missing value"
            : "destination driver " + Reasons.problem(driver).orElse(""));
  }

  Unjudged destinationNotBound(Parsed<String> from, Parsed<String> driver) {
    return unjudged(
        FixedRule.NOT_BOUND,
        DRIVER,
        Reasons.shown(from),
        Reasons.shown(driver),
        State.ABSENT,
        Reasons.shown(driver)
                .map(name -> "the destination is held by the driver " + name)
                .orElse("no driver holds the destination")
            + ": what it can do shows once a driver of the family "
            + pack.id()
            + " holds it");
  }

  Unjudged sourceNotBound(Parsed<String> driver, Parsed<String> to) {
    return unjudged(
        FixedRule.NOT_BOUND,
        DRIVER,
        Reasons.shown(driver),
        Reasons.shown(to),
        State.ABSENT,
        "the source is held by the driver "
            + Reasons.shown(driver).orElse("(none)")
            + ": what it can do shows once a driver of the family "
            + pack.id()
            + " holds it");
  }
}
