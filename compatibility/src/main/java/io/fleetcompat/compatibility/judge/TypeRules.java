package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.facet.ValueSet;
import io.fleetcompat.compatibility.facet.Version;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules of {@code type-attributes} (specification 3.1). */
record TypeRules(boolean crossType) {

  static final String DEVICE_API = "device-api";
  static final String SOFTWARE_VERSION = "software-version";
  static final String COMPATIBLE_VALUES = "compatible-values";
  static final String CLAIM_WOULD_FAIL = "claim-would-fail";

  private static final Reasons REASONS = new Reasons(FacetId.TYPE_ATTRIBUTES);

  void judge(Profile source, Profile destination, Findings findings) {
    if (source.unseenType().isPresent()) {
      findings.unknown(() -> MdevTypeRule.unseen(REASONS, source, destination));
      return;
    }
    TypeAttributes from = source.typeAttributes().orElse(null);
    if (from == null) {
      return;
    }
    if (destination.unseenType().isPresent()) {
      unseen(source, destination, findings);
      return;
    }
    TypeAttributes to = destination.typeAttributes().orElse(null);
    if (to == null) {
      // The facet is never on a device's own node: it is its type's.
      findings.incompatible(
          () -> Reasons.missing(FacetId.TYPE_ATTRIBUTES, Judge.FACET_MISSING, false));
      return;
    }
    mdevType(source, destination, to, findings);
    if (!findings.decided()) {
      deviceApi(from.deviceApi(), to.deviceApi(), findings);
    }
    if (!findings.decided()) {
      softwareVersion(from.softwareVersion(), to.softwareVersion(), findings);
    }
    if (!findings.decided()) {
      compatibleValues(from, to, findings);
    }
  }

  /** The destination has the facet or not: it is of another type, or nobody knows. */
  private void unseen(Profile source, Profile destination, Findings findings) {
    if (!crossType && MdevTypeRule.differ(source, destination)) {
      MdevTypeRule.judge(REASONS, source, destination, findings);
    } else {
      findings.unknown(() -> MdevTypeRule.unseen(REASONS, source, destination));
    }
  }

  private void mdevType(Profile source, Profile destination, TypeAttributes to, Findings findings) {
    if (crossType && MdevTypeRule.differ(source, destination)) {
      crossType(source, destination, to.compatibleType(), findings);
    } else {
      MdevTypeRule.judge(REASONS, source, destination, findings);
    }
  }

  private static void crossType(
      Profile source, Profile destination, Parsed<ValueSet> accepted, Findings findings) {
    String type = source.mdevType().orElseThrow();
    switch (accepted) {
      case Value<ValueSet>(ValueSet types) when types.contains(type) -> {}
      case Value<ValueSet> types -> MdevTypeRule.judge(REASONS, source, destination, findings);
      case Absent<ValueSet> none -> MdevTypeRule.judge(REASONS, source, destination, findings);
      case Parsed.Malformed<ValueSet> bad -> crossTypeUnknown(type, bad, findings);
      case Parsed.Unreadable<ValueSet> bad -> crossTypeUnknown(type, bad, findings);
    }
  }

  private static void crossTypeUnknown(String type, Parsed<ValueSet> bad, Findings findings) {
    findings.unknown(
        () ->
            REASONS.unjudged(
                MdevTypeRule.ID, TypeAttributes.COMPATIBLE_TYPE, new Value<>(type), bad));
  }

  private static void deviceApi(Parsed<String> from, Parsed<String> to, Findings findings) {
    if (!(from instanceof Value<String>(String wanted))
        || !(to instanceof Value<String>(String offered))) {
      findings.unknown(() -> REASONS.unjudged(DEVICE_API, TypeAttributes.DEVICE_API, from, to));
    } else if (!wanted.equals(offered)) {
      findings.incompatible(
          () ->
              REASONS.failed(
                  DEVICE_API,
                  TypeAttributes.DEVICE_API,
                  Optional.of(wanted),
                  Optional.of(offered),
                  "destination device API " + offered + " is not " + wanted));
    }
  }

  private static void softwareVersion(Parsed<Version> from, Parsed<Version> to, Findings findings) {
    if (from instanceof Absent && to instanceof Absent) {
      return;
    }
    if (!(from instanceof Value<Version>(Version wanted))
        || !(to instanceof Value<Version>(Version offered))) {
      findings.unknown(
          () -> REASONS.unjudged(SOFTWARE_VERSION, TypeAttributes.SOFTWARE_VERSION, from, to));
    } else if (!wanted.major().equals(offered.major())
        || wanted.minor().compareTo(offered.minor()) > 0) {
      findings.incompatible(
          () ->
              REASONS.failed(
                  SOFTWARE_VERSION,
                  TypeAttributes.SOFTWARE_VERSION,
                  Optional.of(wanted.toString()),
                  Optional.of(offered.toString()),
                  versionDetail(wanted, offered)));
    }
  }

  private static String versionDetail(Version wanted, Version offered) {
    return wanted.major().equals(offered.major())
        ? "destination minor " + offered.minor() + " is below source minor " + wanted.minor()
        : "destination major " + offered.major() + " is not source major " + wanted.major();
  }

  /** Every attribute that a side has: what is malformed at the destination alone counts too. */
  private static void compatibleValues(TypeAttributes from, TypeAttributes to, Findings findings) {
    Set<String> names = from.compatible().keySet();
    if (!names.containsAll(to.compatible().keySet())) {
      names = new TreeSet<>(names);
      names.addAll(to.compatible().keySet());
    }
    for (String name : names) {
      values(name, from.compatible(name), to.compatible(name), findings);
    }
  }

  private static void values(
      String name, Parsed<ValueSet> from, Parsed<ValueSet> to, Findings findings) {
    if (!usable(from) || !usable(to)) {
      findings.unknown(() -> REASONS.unjudged(COMPATIBLE_VALUES, name, from, to));
      return;
    }
    ValueSet wanted = from instanceof Value<ValueSet>(ValueSet set) ? set : ValueSet.EMPTY;
    ValueSet offered = to instanceof Value<ValueSet>(ValueSet set) ? set : ValueSet.EMPTY;
    if (!wanted.isSubsetOf(offered)) {
      findings.incompatible(
          () ->
              REASONS.failed(
                  COMPATIBLE_VALUES,
                  name,
                  Reasons.shown(from),
                  Reasons.shown(to),
                  "the destination lacks " + String.join(", ", wanted.missingFrom(offered))));
    }
  }

  private static boolean usable(Parsed<ValueSet> parsed) {
    return parsed instanceof Value || parsed instanceof Absent;
  }

  /** What is still to be set at the destination; the values come later. */
  static List<Obligation> obligations(Profile source) {
    return source
        .typeAttributes()
        .map(TypeAttributes::resources)
        .orElse(ValueSet.EMPTY)
        .values()
        .stream()
        .map(name -> new Obligation(name, Optional.empty()))
        .toList();
  }

  /** The obligations that the destination does not know. */
  static List<Warning> warnings(Profile source, Profile destination) {
    ValueSet wanted = source.typeAttributes().map(TypeAttributes::resources).orElse(ValueSet.EMPTY);
    ValueSet offered =
        destination.typeAttributes().map(TypeAttributes::resources).orElse(ValueSet.EMPTY);
    return wanted.missingFrom(offered).stream().map(TypeRules::claimWouldFail).toList();
  }

  private static Warning claimWouldFail(String name) {
    return new Warning(
        CLAIM_WOULD_FAIL,
        Optional.of(name),
        "the source must have its " + name + " set, the destination's type does not list it");
  }
}
