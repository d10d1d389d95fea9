package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Findings.All;
import io.fleetcompat.compatibility.judge.Findings.OutcomeOnly;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of all facets under one rule set. Immutable; any number of threads. */
public final class Judge {

  private static final Reasons OF_TYPES = new Reasons(FacetId.TYPE_ATTRIBUTES);

  private final RuleSet ruleSet;

  /** One for each facet, in order of {@link FacetId}. */
  private final List<FacetRules<?>> rules;

  private final VendorRules packs;

  /** The rules of this version of the code, under these policies. */
  public Judge(Set<Policy> policies) {
    this(RuleSet.of(policies));
  }

  public Judge(RuleSet ruleSet) {
    this.ruleSet = ruleSet;
    this.packs = new VendorRules(ruleSet.packs());
    this.rules =
        List.of(
            new TypeRules(ruleSet.policies().contains(Policy.CROSS_TYPE)),
            new SelfRules(ruleSet.policies().contains(Policy.MUTUAL)),
            new OpaqueRules(),
            new FeatureRules());
    List<FacetId> declared = Stream.of(FacetId.values()).filter(FacetId::isDeclared).toList();
    if (!rules.stream().map(FacetRules::facet).toList().equals(declared)) {
      throw new IllegalStateException("expected the rules of each facet, in order");
    }
  }

  /** The rules and policies: equal ones give equal verdicts. */
  public RuleSet ruleSet() {
    return ruleSet;
  }

  /** True where a driver declares something itself, or a pack has rules for it. */
  public boolean hasRulesFor(Profile source) {
    return source.isDeclared() || packs.haveRulesFor(source);
  }

  /** The answer of the device's driver to whether it can migrate it at all, to anywhere. */
  public Migratability migratability(Profile device) {
    return Migratability.of(device, ruleSet.packs());
  }

  /** The outcome alone: no reasons are made, so it is the cheap question. */
  public Outcome outcome(Profile source, Profile destination) {
    return outcome(source, destination, ProbeAnswers.NONE);
  }

  /** The outcome alone, with what drivers answered. */
  public Outcome outcome(Profile source, Profile destination, ProbeAnswers answers) {
    OutcomeOnly findings = new OutcomeOnly();
    judge(source, destination, answers, findings);
    return findings.outcome();
  }

  /**
   * The verdict with all its reasons. Obligations have no values yet: see {@link ObligationValues}.
   */
  public Verdict judge(Profile source, Profile destination) {
    return judge(source, destination, ProbeAnswers.NONE);
  }

  /** The verdict with all its reasons, with what drivers answered. */
  public Verdict judge(Profile source, Profile destination, ProbeAnswers answers) {
    All findings = new All(false);
    judge(source, destination, answers, findings);
    return verdict(source, destination, findings);
  }

  /** The same verdict with the rules that are satisfied. */
  public Explanation explain(Profile source, Profile destination) {
    return explain(source, destination, ProbeAnswers.NONE);
  }

  /** The verdict with what drivers answered, and the rules that are satisfied. */
  public Explanation explain(Profile source, Profile destination, ProbeAnswers answers) {
    All findings = new All(true);
    judge(source, destination, answers, findings);
    return new Explanation(verdict(source, destination, findings), findings.satisfied());
  }

  private Verdict verdict(Profile source, Profile destination, All findings) {
    List<Obligation> obligations = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    for (FacetRules<?> ofFacet : rules) {
      if (source.has(ofFacet.facet())) {
        obligations.addAll(ofFacet.obligations(source));
        warnings.addAll(ofFacet.warnings(source, destination));
      }
    }
    obligations.addAll(findings.obligations());
    warnings.addAll(findings.warnings());
    return new Verdict(
        findings.outcome(),
        findings.reasons(),
        obligations,
        warnings,
        findings.decidedBy(),
        List.of(),
        findings.noneJudged());
  }

  /** Every facet of the source must be satisfied; one that only the destination has is ignored. */
  private void judge(Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    boolean ofPack = !source.isDeclared() && packs.isResponsibleFor(source);
    boolean nobody = !source.isDeclared() && !ofPack;
    if (nobody) {
      findings.unjudged(() -> noInterface(source));
    }
    declared(source, destination, answers, findings);
    if (nobody) {
      differences(source, destination, findings);
    }
    if (ofPack && !findings.decided()) {
      packs.judge(source, destination, findings);
    }
    if (!findings.decided()) {
      packs.judgeDemands(source, destination, findings);
    }
    findings.close();
  }

  /**
   * What the two devices are decides, where it differs, also where nobody speaks for the source.
   */
  private static void differences(Profile source, Profile destination, Findings findings) {
    if (source.vendorFacts().isPresent() && destination.vendorFacts().isPresent()) {
      DeviceIdentity.differences(
          Optional.empty(), source.vendorFacts().get(), destination.vendorFacts().get(), findings);
    }
  }

  /** Judges by what the drivers declare themselves, by any interface. */
  private void declared(
      Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    boolean unseen = source.unseenType().isPresent();
    if (unseen) {
      findings.unjudged(() -> MdevTypeRule.unseen(OF_TYPES, source, destination));
    }
    boolean seen = !unseen && destination.unseenType().isEmpty();
    int wanted = source.declaredBits();
    int offered = destination.declaredBits();
    for (int i = 0; wanted != 0; i++, wanted >>>= 1, offered >>>= 1) {
      if ((wanted & 1) != 0) {
        if (seen && (offered & 1) != 0) {
          rules.get(i).judge(source, destination, answers, findings);
        } else {
          judgeWithoutAll(rules.get(i), source, destination, answers, findings);
        }
        if (findings.decided()) {
          return;
        }
      }
    }
  }

  /** The rules of a facet that the destination lacks, or where the type of a side was not seen. */
  private static void judgeWithoutAll(
      FacetRules<?> rules,
      Profile source,
      Profile destination,
      ProbeAnswers answers,
      Findings findings) {
    FacetId facet = rules.facet();
    boolean has = destination.has(facet);
    if (source.unseenType().isPresent() && facet.isOfTypeAlone()) {
      return; // that the type was not seen is a reason already
    }
    if (destination.unseenType().isPresent()
        && (facet.isOfTypeAlone() || (!has && facet.mayBeOfType()))) {
      rules.judgeUnseen(source, destination, findings);
    } else if (has) {
      rules.judge(source, destination, answers, findings);
    } else if (showsOnceCreated(rules, source, destination)) {
      findings.unjudged(() -> rules.reasons().notShownYet(rules.missing()));
    } else {
      findings.failed(() -> rules.reasons().missing(rules.missing()));
    }
  }

  /** True where the destination is a type that lacks what a device of it may have. */
  private static boolean showsOnceCreated(
      FacetRules<?> rules, Profile source, Profile destination) {
    return destination.isType() && !source.isType() && rules.of(source).isOfOwnNode();
  }

  private static Unjudged noInterface(Profile source) {
    return Unjudged.absent(
        FixedRule.NO_MIGRATION_INTERFACE,
        "the source has no interface that says what it is compatible with: "
            + source
                .vendorFacts()
                .map(IdentityReasons::noPack)
                .orElse("no driver of VFIO was seen to hold it"));
  }
}
