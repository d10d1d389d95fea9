package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.SoftwareVersion;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.facet.ValueSet;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules of {@code type-attributes} (docs/rules.md 3.1). */
final class TypeRules extends FacetRules<TypeAttributes> {

  private final boolean crossType;

  TypeRules(boolean crossType) {
    super(FacetId.TYPE_ATTRIBUTES, TypeAttributes.class);
    this.crossType = crossType;
  }

  @Override
  void judge(Profile source, Profile destination, ProbeAnswers answers, Findings findings) {
    mdevType(source, destination, findings);
    if (!findings.decided()) {
      attributes(of(source), of(destination), findings);
    }
  }

  private void attributes(TypeAttributes from, TypeAttributes to, Findings findings) {
    deviceApi(from.deviceApi(), to.deviceApi(), findings);
    if (!findings.decided()) {
      softwareVersion(from.softwareVersion(), to.softwareVersion(), findings);
    }
    if (!findings.decided()) {
      compatibleValues(from, to, findings);
    }
  }

  /** The destination has the facet or not: it is of another type, or nobody knows. */
  @Override
  void judgeUnseen(Profile source, Profile destination, Findings findings) {
    if (!crossType && source.isOfOtherType(destination)) {
      MdevTypeRule.judge(reasons(), source, destination, findings);
    } else {
      findings.unjudged(() -> MdevTypeRule.unseen(reasons(), source, destination));
    }
  }

  private void mdevType(Profile source, Profile destination, Findings findings) {
    if (crossType && source.isOfOtherType(destination)) {
      crossType(source, destination, of(destination).compatibleType(), findings);
    } else {
      MdevTypeRule.judge(reasons(), source, destination, findings);
    }
  }

  private void crossType(
      Profile source, Profile destination, Parsed<ValueSet> accepted, Findings findings) {
    String type = source.mdevType().orElseThrow();
    switch (accepted) {
      case Value<ValueSet>(ValueSet types) when types.contains(type) ->
          findings.satisfied(() -> MdevTypeRule.accepted(reasons(), source, destination));
      case Value<ValueSet> types -> MdevTypeRule.judge(reasons(), source, destination, findings);
      case Absent<ValueSet> none -> MdevTypeRule.judge(reasons(), source, destination, findings);
      case Parsed.Malformed<ValueSet> bad -> crossTypeUnknown(type, bad, findings);
      case Parsed.Unreadable<ValueSet> bad -> crossTypeUnknown(type, bad, findings);
    }
  }

  private void crossTypeUnknown(String type, Parsed<ValueSet> bad, Findings findings) {
    findings.unjudged(
        () ->
            reasons()
                .unjudged(
                    FixedRule.MDEV_TYPE, TypeAttributes.COMPATIBLE_TYPE, new Value<>(type), bad));
  }

  private void deviceApi(Parsed<String> from, Parsed<String> to, Findings findings) {
    String attribute = TypeAttributes.DEVICE_API;
    if (!(from instanceof Value<String>(String wanted))
        || !(to instanceof Value<String>(String offered))) {
      findings.unjudged(() -> reasons().unjudged(FixedRule.DEVICE_API, attribute, from, to));
    } else if (!wanted.equals(offered)) {
      findings.failed(
          () ->
              reasons()
                  .failed(
                      FixedRule.DEVICE_API,
                      attribute,
                      Optional.of(wanted),
                      Optional.of(offered),
                      "destination device API " + offered + " is not " + wanted));
    } else {
      findings.satisfied(
          () ->
              reasons()
                  .satisfied(
                      FixedRule.DEVICE_API, attribute, from, to, "both have the same device API"));
    }
  }

  private void softwareVersion(
      Parsed<SoftwareVersion> from, Parsed<SoftwareVersion> to, Findings findings) {
    if (from instanceof Absent && to instanceof Absent) {
      findings.satisfied(() -> version(from, to, "neither side has a version"));
      return;
    }
    if (!(from instanceof Value<SoftwareVersion>(SoftwareVersion wanted))
        || !(to instanceof Value<SoftwareVersion>(SoftwareVersion offered))) {
      findings.unjudged(
          () ->
              reasons()
                  .unjudged(FixedRule.SOFTWARE_VERSION, TypeAttributes.SOFTWARE_VERSION, from, to));
    } else if (!wanted.major().equals(offered.major())
        || wanted.minor().compareTo(offered.minor()) > 0) {
      findings.failed(
          () ->
              reasons()
                  .failed(
                      FixedRule.SOFTWARE_VERSION,
                      TypeAttributes.SOFTWARE_VERSION,
                      Optional.of(wanted.toString()),
                      Optional.of(offered.toString()),
                      versionDetail(wanted, offered)));
    } else {
      findings.satisfied(
          () ->
              version(
                  from,
                  to,
                  "the major is the same, and the destination's minor is not below the source's"));
    }
  }

  private Satisfied version(
      Parsed<SoftwareVersion> from, Parsed<SoftwareVersion> to, String detail) {
    return reasons()
        .satisfied(FixedRule.SOFTWARE_VERSION, TypeAttributes.SOFTWARE_VERSION, from, to, detail);
  }

  private static String versionDetail(SoftwareVersion wanted, SoftwareVersion offered) {
    return wanted.major().equals(offered.major())
        ? "destination minor " + offered.minor() + " is below source minor " + wanted.minor()
        : "destination major " + offered.major() + " is not source major " + wanted.major();
  }

  /** Every attribute that a side has: what is malformed at the destination alone counts too. */
  private void compatibleValues(TypeAttributes from, TypeAttributes to, Findings findings) {
    Set<String> names = from.compatible().keySet();
    if (!names.containsAll(to.compatible().keySet())) {
      names = new TreeSet<>(names);
      names.addAll(to.compatible().keySet());
    }
    for (String name : names) {
      values(name, from.compatible(name), to.compatible(name), findings);
    }
  }

  private void values(String name, Parsed<ValueSet> from, Parsed<ValueSet> to, Findings findings) {
    if (!usable(from) || !usable(to)) {
      findings.unjudged(() -> reasons().unjudged(FixedRule.COMPATIBLE_VALUES, name, from, to));
      return;
    }
    ValueSet wanted = from instanceof Value<ValueSet>(ValueSet set) ? set : ValueSet.EMPTY;
    ValueSet offered = to instanceof Value<ValueSet>(ValueSet set) ? set : ValueSet.EMPTY;
    if (wanted.isSubsetOf(offered)) {
      findings.satisfied(
          () ->
              reasons()
                  .satisfied(
                      FixedRule.COMPATIBLE_VALUES,
                      name,
                      from,
                      to,
                      "the destination has all values of the source"));
    } else {
      findings.failed(
          () ->
              reasons()
                  .failed(
                      FixedRule.COMPATIBLE_VALUES,
                      name,
                      Reasons.shown(from),
                      Reasons.shown(to),
                      "the destination lacks " + String.join(", ", wanted.missingFrom(offered))));
    }
  }

  private static boolean usable(Parsed<ValueSet> parsed) {
    return parsed instanceof Value || parsed instanceof Absent;
  }

  @Override
  List<Obligation> obligations(Profile source) {
    return of(source).resources().values().stream()
        .map(name -> new Obligation(name, Optional.empty()))
        .toList();
  }

  /** The obligations that the destination does not know. */
  @Override
  List<Warning> warnings(Profile source, Profile destination) {
    ValueSet offered = destination.has(facet()) ? of(destination).resources() : ValueSet.EMPTY;
    return of(source).resources().missingFrom(offered).stream()
        .map(TypeRules::claimWouldFail)
        .toList();
  }

  private static Warning claimWouldFail(String name) {
    return new Warning(
        FixedRule.CLAIM_WOULD_FAIL,
        Optional.of(name),
        "the source must have its " + name + " set, the destination's type does not list it");
  }
}
