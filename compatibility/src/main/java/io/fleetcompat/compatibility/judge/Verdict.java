package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.pack.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of the rules for an ordered pair of profiles.
 *
 * @param reasons why it is not compatible: all of them, in order of facet, rule and attribute;
 *     empty exactly if {@link Outcome#COMPATIBLE}
 * @param obligations what whoever migrates must still set at the destination
 * @param warnings what would go wrong without being incompatible
 * @param decidedBy the pack that decided; empty where the drivers' own declarations did
 * @param overridden what would be reasons if operators had not turned the rules off
 * @param noneJudged where no rule of the pack was judged, the reason that counts where no other
 *     does
 */
public record Verdict(
    Outcome outcome,
    List<Reason> reasons,
    List<Obligation> obligations,
    List<Warning> warnings,
    Optional<DecidedBy> decidedBy,
    List<Overridden> overridden,
    Optional<Unjudged> noneJudged) {

  public Verdict {
    reasons = List.copyOf(reasons);
    obligations = List.copyOf(obligations);
    warnings = List.copyOf(warnings);
    overridden = List.copyOf(overridden);
    if (reasons.isEmpty() != (outcome == Outcome.COMPATIBLE)) {
      throw new IllegalArgumentException("a verdict has reasons exactly if it is not COMPATIBLE");
    }
  }

  /** A verdict of the rules alone. */
  public Verdict(
      Outcome outcome,
      List<Reason> reasons,
      List<Obligation> obligations,
      List<Warning> warnings,
      Optional<DecidedBy> decidedBy) {
    this(outcome, reasons, obligations, warnings, decidedBy, List.of(), Optional.empty());
  }

  /** A verdict that no pack decided. */
  public Verdict(
      Outcome outcome, List<Reason> reasons, List<Obligation> obligations, List<Warning> warnings) {
    this(outcome, reasons, obligations, warnings, Optional.empty());
  }

  /**
   * When a migration would fail of what packs say: the first failure decides. Empty where it would
   * not, or no document says when.
   */
  public Optional<Failure> failure() {
    return reasons.stream()
        .filter(
            outcome == Outcome.INCOMPATIBLE ? Failed.class::isInstance : Unjudged.class::isInstance)
        .flatMap(reason -> reason.pack().stream())
        .flatMap(basis -> basis.failure().stream())
        .min(Failure::compareTo);
  }

  /** True where a reason or a warning says which side lacks what, so that it may name the host. */
  public boolean isAboutHosts() {
    for (Reason reason : reasons) {
      if (reason.isAboutHosts()) {
        return true;
      }
    }
    for (Overridden each : overridden) {
      if (each.reason().isAboutHosts()) {
        return true;
      }
    }
    for (Warning warning : warnings) {
      if (!warning.lacks().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** True where it would be another verdict, or have more reasons, without overrides. */
  public boolean isOverridden() {
    return !overridden.isEmpty();
  }

  /** The same verdict, which names the hosts of the sides that lack something. */
  public Verdict on(String sourceHost, String destinationHost) {
    if (!isAboutHosts()) {
      return this;
    }
    return new Verdict(
        outcome,
        reasons.stream().map(r -> on(r, sourceHost, destinationHost)).toList(),
        obligations,
        warnings.stream().map(w -> w.on(sourceHost, destinationHost)).toList(),
        decidedBy,
        overridden.stream()
            .map(o -> new Overridden(on(o.reason(), sourceHost, destinationHost), o.by()))
            .toList(),
        noneJudged.map(reason -> reason.on(sourceHost, destinationHost)));
  }

  private static Reason on(Reason reason, String sourceHost, String destinationHost) {
    return switch (reason) {
      case Failed failed -> failed;
      case Unjudged unjudged -> unjudged.on(sourceHost, destinationHost);
    };
  }

  /** The same verdict with another outcome, and the reasons for that. */
  public Verdict with(Outcome other, List<Reason> because) {
    return new Verdict(other, because, obligations, warnings, decidedBy, overridden, noneJudged);
  }

  /** The same verdict with the source device's values laid over its obligations. */
  public Verdict withValues(Map<String, String> values) {
    if (obligations.isEmpty() || values.isEmpty()) {
      return this;
    }
    List<Obligation> valued = obligations.stream().map(o -> o.with(values)).toList();
    return new Verdict(outcome, reasons, valued, warnings, decidedBy, overridden, noneJudged);
  }

  /** The outcomes in order of precedence: the worst of several is the verdict. */
  public enum Outcome {
    COMPATIBLE,
    UNKNOWN,
    INCOMPATIBLE
  }

  /**
   * A thing that whoever migrates must still set at the destination.
   *
   * @param attribute an attribute of the device instance, from {@code dynamic_resources}, or the
   *     address that a pack has
   * @param value the source device's value; empty where the source is a type, or has none
   */
  public record Obligation(String attribute, Optional<String> value) {

    /** The same with the value that a device has, where it has one. */
    public Obligation with(Map<String, String> values) {
      String own = values.get(attribute);
      return own == null ? this : new Obligation(attribute, Optional.of(own));
    }
  }

  /**
   * The pack that decided a verdict.
   *
   * @param pack id and version, spelled {@code nvidia-mdev@1}
   * @param documents the citations that its rules rest on
   */
  public record DecidedBy(String pack, List<String> documents) {
    public DecidedBy {
      documents = List.copyOf(documents);
    }
  }

  /**
   * A thing that would go wrong without being incompatible.
   *
   * @param expected what the rule of a pack demands; else empty
   * @param lacks the values that a pack's rule needs and a side does not have: then that is what
   *     was found
   */
  public record Warning(
      RuleId rule,
      Optional<String> attribute,
      Optional<String> expected,
      String found,
      List<Lack> lacks) {

    public Warning {
      lacks = List.copyOf(lacks);
    }

    /** A warning of no pack. */
    public Warning(RuleId rule, Optional<String> attribute, String detail) {
      this(rule, attribute, Optional.empty(), detail, List.of());
    }

    /** The sentence that says it. */
    public String detail() {
      return expected.map(sentence -> "expected: " + sentence + "; found: ").orElse("") + found;
    }

    /** The same warning, which names the hosts of the sides that lack something. */
    Warning on(String sourceHost, String destinationHost) {
      return lacks.isEmpty()
          ? this
          : new Warning(
              rule,
              attribute,
              expected,
              Lack.words(lacks, Optional.of(sourceHost), Optional.of(destinationHost)),
              lacks);
    }
  }
}
