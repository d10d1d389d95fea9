package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.facet.Parsed.Unreadable;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;
import java.util.Set;

/** The rules of {@code opaque-version} (docs/rules.md 3.3). */
final class OpaqueRules extends FacetRules<OpaqueVersion> {

  /**
   * Errors of reading that say nothing about the device: those of the rules, and those that come
   * from the way to the attribute (a link out of the root is EXDEV), not from its driver.
   */
  private static final Set<String> INCONCLUSIVE =
      Set.of("EACCES", "EPERM", "EIO", "ENODEV", "ETIMEDOUT", "EXDEV", "ELOOP", "EMFILE", "ENFILE");

  OpaqueRules() {
    super(FacetId.OPAQUE_VERSION, OpaqueVersion.class);
  }

  @Override
  RuleId missing() {
    return FixedRule.OPAQUE_MISSING;
  }

  @Override
  void judge(Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    OpaqueVersion from = of(source);
    OpaqueVersion to = of(destination);
    boolean sameTypeNeeded = !from.ofDevice() || !to.ofDevice();
    if (sameTypeNeeded) {
      MdevTypeRule.judge(reasons(), source, destination, findings);
    }
    if (!findings.decided()) {
      strings(from.text(), to.text(), findings);
    }
    boolean typesDiffer = sameTypeNeeded && source.isOfOtherType(destination);
    boolean usable = from.text() instanceof Value && to.text() instanceof Value;
    if (usable && !typesDiffer && !vendorsDiffer(from.vendor(), to.vendor())) {
      driver(source, destination, answers, findings);
    }
    if (!findings.decided()) {
      vendor(from.vendor(), to.vendor(), findings);
    }
  }

  /**
   * The result of reading at each side; an error of the driver's own choice is the source's answer.
   */
  private void strings(Parsed<String> from, Parsed<String> to, Findings findings) {
    boolean refuses = from instanceof Unreadable<String>(String errno) && !isInconclusive(errno);
    Parsed<String> judged = refuses ? new Value<>("") : from;
    if (!(judged instanceof Value) || !(to instanceof Value)) {
      findings.unjudged(() -> unusable(refuses ? Optional.empty() : Optional.of(from), to));
    }
    if (refuses) {
      findings.failed(() -> notMigratable(from));
    }
    if (judged instanceof Value && to instanceof Value && !refuses) {
      findings.satisfied(
          () ->
              reasons()
                  .satisfied(
                      FixedRule.OPAQUE_VERSION,
                      OpaqueVersion.MIGRATION_VERSION,
                      from,
                      to,
                      "both sides have a version that can be written"));
    }
  }

  private static boolean isInconclusive(String errno) {
    return INCONCLUSIVE.contains(errno);
  }

  /** The strings themselves are no part of it: they mean nothing to anybody but the driver. */
  private Unjudged unusable(Optional<Parsed<String>> from, Parsed<String> to) {
    Parsed<String> source = from.orElseGet(() -> new Value<>(""));
    Unjudged reason =
        reasons().unjudged(FixedRule.OPAQUE_VERSION, OpaqueVersion.MIGRATION_VERSION, source, to);
    return from.isPresent()
        ? reason
        : reasons()
            .unjudged(
                FixedRule.OPAQUE_VERSION,
                OpaqueVersion.MIGRATION_VERSION,
                Optional.empty(),
                reason.destination(),
                reason.state(),
                reason.detail());
  }

  private Failed notMigratable(Parsed<String> from) {
    String errno = from instanceof Unreadable<String>(String name) ? name : "";
    return reasons()
        .failed(
            FixedRule.OPAQUE_NOT_MIGRATABLE,
            OpaqueVersion.MIGRATION_VERSION,
            Optional.of(errno),
            Optional.empty(),
            "the source's driver refuses to give a version (" + errno + "): it cannot migrate");
  }

  /** The answer of the destination's driver: it alone understands both strings. */
  private void driver(
      Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    OpaqueVersion from = of(source);
    OpaqueVersion to = of(destination);
    Optional<ProbeVerdict> found = answers.find(source, destination);
    if (found.isEmpty()) {
      findings.unjudged(() -> unprobed(from, to, answers.progress(source, destination)));
      return;
    }
    ProbeVerdict answered = found.get();
    switch (answered.consensus()) {
      case ACCEPTED -> {
        findings.satisfied(() -> accepted(from, to, answered));
        if (!answered.isConfirmed()) {
          findings.warned(() -> unconfirmed(answered, answers.progress(source, destination)));
        }
      }
      case REFUSED -> findings.failed(() -> rejected(from, to, answered));
      case CONFLICT -> findings.unjudged(() -> conflict(from, to, answered));
    }
  }

  private Satisfied accepted(OpaqueVersion from, OpaqueVersion to, ProbeVerdict answered) {
    return reasons()
        .satisfied(
            FixedRule.OPAQUE_REJECTED,
            OpaqueVersion.MIGRATION_VERSION,
            from.text(),
            to.text(),
            "the destination's driver takes the source's version: " + answered);
  }

  private static Warning unconfirmed(ProbeVerdict answered, ProbeProgress progress) {
    return new Warning(
        FixedRule.OPAQUE_UNCONFIRMED,
        Optional.of(OpaqueVersion.MIGRATION_VERSION),
        "one host has answered; not yet confirmed on a second: "
            + answered
            + progress.last().map(asked -> "; " + asked).orElse(""));
  }

  private Failed rejected(OpaqueVersion from, OpaqueVersion to, ProbeVerdict answered) {
    return reasons()
        .failed(
            FixedRule.OPAQUE_REJECTED,
            OpaqueVersion.MIGRATION_VERSION,
            Reasons.shown(from.text()),
            Reasons.shown(to.text()),
            "the destination's driver does not take the source's version: " + answered);
  }

  private Unjudged conflict(OpaqueVersion from, OpaqueVersion to, ProbeVerdict answered) {
    return reasons()
        .unjudged(
            FixedRule.OPAQUE_CONFLICT,
            OpaqueVersion.MIGRATION_VERSION,
            Reasons.shown(from.text()),
            Reasons.shown(to.text()),
            State.MALFORMED,
            "drivers of one class answered differently to the source's version: " + answered);
  }

  private Unjudged unprobed(OpaqueVersion from, OpaqueVersion to, ProbeProgress progress) {
    return reasons()
        .unjudged(
            FixedRule.OPAQUE_UNPROBED,
            OpaqueVersion.MIGRATION_VERSION,
            Reasons.shown(from.text()),
            Reasons.shown(to.text()),
            State.ABSENT,
            "only the destination's driver can tell: " + progress);
  }

  private void vendor(Parsed<String> from, Parsed<String> to, Findings findings) {
    if (from instanceof Absent && to instanceof Absent) {
      return;
    }
    if (!(from instanceof Value<String>(String one))
        || !(to instanceof Value<String>(String other))) {
      findings.unjudged(() -> reasons().unjudged(FixedRule.VENDOR, OpaqueVersion.VENDOR, from, to));
    } else if (!one.equals(other)) {
      findings.failed(
          () ->
              reasons()
                  .failed(
                      FixedRule.VENDOR,
                      OpaqueVersion.VENDOR,
                      Optional.of(one),
                      Optional.of(other),
                      "a version string is private to a vendor, and " + other + " is not " + one));
    } else {
      findings.satisfied(
          () ->
              reasons()
                  .satisfied(
                      FixedRule.VENDOR, OpaqueVersion.VENDOR, from, to, "both are of one vendor"));
    }
  }

  private static boolean vendorsDiffer(Parsed<String> from, Parsed<String> to) {
    return from instanceof Value<String>(String one)
        && to instanceof Value<String>(String other)
        && !one.equals(other);
  }
}
