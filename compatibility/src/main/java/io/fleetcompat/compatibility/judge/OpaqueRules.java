package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Unreadable;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.judge.Verdict.State;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;
import java.util.Set;

/** The rules of {@code opaque-version} (specification 3.3), as far as no probe is asked. */
final class OpaqueRules {

  static final String OPAQUE_MISSING = "opaque-missing";
  static final String OPAQUE_VERSION = "opaque-version";
  static final String NOT_MIGRATABLE = "opaque-not-migratable";
  static final String UNPROBED = "opaque-unprobed";
  static final String VENDOR = "vendor";

  /**
   * Errors of reading that say nothing about the device: those of the specification, and those that
   * come from the way to the attribute (a link out of the root is EXDEV), not from its driver.
   */
  private static final Set<String> INCONCLUSIVE =
      Set.of("EACCES", "EPERM", "EIO", "ENODEV", "ETIMEDOUT", "EXDEV", "ELOOP", "EMFILE", "ENFILE");

  private static final Reasons REASONS = new Reasons(FacetId.OPAQUE_VERSION);

  private OpaqueRules() {}

  static void judge(Profile source, Profile destination, Findings findings) {
    OpaqueVersion from = source.opaqueVersion().orElse(null);
    if (from == null) {
      return;
    }
    OpaqueVersion to = destination.opaqueVersion().orElse(null);
    if (to == null) {
      missing(from, destination, findings);
      return;
    }
    boolean sameTypeNeeded = !from.ofDevice() || !to.ofDevice();
    if (sameTypeNeeded) {
      MdevTypeRule.judge(REASONS, source, destination, findings);
    }
    if (!findings.decided()) {
      strings(from.text(), to.text(), findings);
    }
    boolean typesDiffer = sameTypeNeeded && MdevTypeRule.differ(source, destination);
    boolean usable = from.text() instanceof Value && to.text() instanceof Value;
    if (usable && !typesDiffer && !vendorsDiffer(from.vendor(), to.vendor())) {
      findings.unknown(() -> unprobed(from, to));
    }
    if (!findings.decided()) {
      vendor(from.vendor(), to.vendor(), findings);
    }
  }

  private static void missing(OpaqueVersion from, Profile destination, Findings findings) {
    if (destination.unseenType().isPresent()) {
      findings.unknown(() -> Reasons.unseen(FacetId.OPAQUE_VERSION, OPAQUE_MISSING));
    } else if (from.ofDevice() && destination.isType()) {
      findings.unknown(() -> Reasons.missing(FacetId.OPAQUE_VERSION, OPAQUE_MISSING, true));
    } else {
      findings.incompatible(() -> Reasons.missing(FacetId.OPAQUE_VERSION, OPAQUE_MISSING, false));
    }
  }

  /** What reading gave at each side; an error of the driver's own choice is the source's answer. */
  private static void strings(Parsed<String> from, Parsed<String> to, Findings findings) {
    boolean refuses = from instanceof Unreadable<String>(String errno) && !isInconclusive(errno);
    Parsed<String> judged = refuses ? new Value<>("") : from;
    if (!(judged instanceof Value) || !(to instanceof Value)) {
      findings.unknown(() -> unusable(refuses ? Optional.empty() : Optional.of(from), to));
    }
    if (refuses) {
      findings.incompatible(() -> notMigratable(from));
    }
  }

  private static boolean isInconclusive(String errno) {
    return INCONCLUSIVE.contains(errno);
  }

  /** The strings themselves are no part of it: they mean nothing to anybody but the driver. */
  private static Reason unusable(Optional<Parsed<String>> from, Parsed<String> to) {
    Parsed<String> source = from.orElseGet(() -> new Value<>(""));
    Reason reason = REASONS.unjudged(OPAQUE_VERSION, OpaqueVersion.MIGRATION_VERSION, source, to);
    return from.isPresent()
        ? reason
        : new Reason(
            reason.rule(),
            reason.facet(),
            reason.attribute(),
            Optional.empty(),
            reason.destination(),
            reason.state(),
            reason.detail());
  }

  private static Reason notMigratable(Parsed<String> from) {
    String errno = from instanceof Unreadable<String>(String name) ? name : "";
    return REASONS.failed(
        NOT_MIGRATABLE,
        OpaqueVersion.MIGRATION_VERSION,
        Optional.of(errno),
        Optional.empty(),
        "the source's driver refuses to give a version (" + errno + "): it cannot migrate");
  }

  private static Reason unprobed(OpaqueVersion from, OpaqueVersion to) {
    return new Reason(
        UNPROBED,
        Optional.of(FacetId.OPAQUE_VERSION.toString()),
        Optional.of(OpaqueVersion.MIGRATION_VERSION),
        Reasons.shown(from.text()),
        Reasons.shown(to.text()),
        Optional.of(State.ABSENT),
        "only the destination's driver can tell: nobody has written the source's version there"
            + " yet");
  }

  private static void vendor(Parsed<String> from, Parsed<String> to, Findings findings) {
    if (from instanceof Absent && to instanceof Absent) {
      return;
    }
    if (!(from instanceof Value<String>(String one))
        || !(to instanceof Value<String>(String other))) {
      findings.unknown(() -> REASONS.unjudged(VENDOR, OpaqueVersion.VENDOR, from, to));
    } else if (!one.equals(other)) {
      findings.incompatible(
          () ->
              REASONS.failed(
                  VENDOR,
                  OpaqueVersion.VENDOR,
                  Optional.of(one),
                  Optional.of(other),
                  "a version string is private to a vendor, and " + other + " is not " + one));
    }
  }

  private static boolean vendorsDiffer(Parsed<String> from, Parsed<String> to) {
    return from instanceof Value<String>(String one)
        && to instanceof Value<String>(String other)
        && !one.equals(other);
  }
}
