package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.SharedText;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.pack.RulePack;
import java.util.List;
import java.util.Optional;

/**
 * The rules about what two devices are, whoever speaks for the source: PCI vendor, kind and name of
 * the type. What differs decides at once, whatever else is unknown.
 *
 * @param speaking the pack that speaks for the source; empty where none does
 */
record DeviceIdentity(Optional<RulePack> speaking) {

  private static final FacetId FACET = FacetId.VENDOR_RULES;
  private static final Reasons WORDS = new Reasons(FACET);

  /** The basis of a rule that every pack has: that pack, and docs/rules.md. */
  Optional<PackBasis> basis() {
    return speaking.map(pack -> new PackBasis(pack.name(), Optional.empty(), List.of()));
  }

  /** Finds what differs, and nothing else. True where the names of the types do. */
  static boolean differences(
      Optional<RulePack> speaking, VendorFacts from, VendorFacts to, Findings findings) {
    if (differ(from.vendor(), to.vendor())) {
      findings.failed(() -> words(speaking).vendors(from.vendor(), to.vendor()));
    }
    if (from.kind() != to.kind()) {
      findings.failed(() -> words(speaking).kinds(from.kind(), to.kind()));
    }
    boolean typesDiffer = differ(from.typeName(), to.typeName());
    if (typesDiffer) {
      findings.failed(() -> words(speaking).typeNames(from.typeName(), to.typeName()));
    }
    return typesDiffer;
  }

  /**
   * Finds that both are of one vendor, or that nobody can tell. A parent that is no PCI function
   * has none; a function without one is not understood.
   */
  static void vendorKnown(
      Optional<RulePack> speaking, VendorFacts from, VendorFacts to, Findings findings) {
    Parsed<String> one = from.vendor();
    Parsed<String> other = to.vendor();
    if (one instanceof Value && other instanceof Value) {
      if (findings.wantsWords() && one.equals(other)) {
        findings.satisfied(() -> words(speaking).sameVendor(one, other));
      }
    } else if (!(one instanceof Absent && other instanceof Absent)
        || from.isOfFunction()
        || to.isOfFunction()) {
      findings.unjudged(() -> words(speaking).vendorUnknown(one, other));
    }
  }

  /** Made only where words are asked for: these rules are judged for every pair. */
  private static DeviceIdentity words(Optional<RulePack> speaking) {
    return new DeviceIdentity(speaking);
  }

  private static boolean differ(Parsed<String> one, Parsed<String> other) {
    return one instanceof Value<String>(String first)
        && other instanceof Value<String>(String second)
        && !SharedText.areEqual(first, second);
  }

  private Failed failed(
      FixedRule rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail) {
    return new Failed(rule, FACET, Optional.of(attribute), source, destination, detail, basis());
  }

  private Failed vendors(Parsed<String> from, Parsed<String> to) {
    return failed(
        FixedRule.VENDOR,
        VendorFacts.VENDOR,
        Reasons.shown(from),
        Reasons.shown(to),
        "the PCI vendors differ");
  }

  private Failed kinds(DeviceKind from, DeviceKind to) {
    return failed(
        FixedRule.DEVICE_KIND,
        "kind",
        Optional.of(from.toString()),
        Optional.of(to.toString()),
        "they are different kinds of device");
  }

  private Failed typeNames(Parsed<String> from, Parsed<String> to) {
    return failed(
        FixedRule.TYPE_NAME,
        VendorFacts.TYPE_NAME,
        Reasons.shown(from),
        Reasons.shown(to),
        "the types have different names");
  }

  private Satisfied sameVendor(Parsed<String> from, Parsed<String> to) {
    return new Satisfied(
        FixedRule.VENDOR,
        FACET,
        VendorFacts.VENDOR,
        Reasons.shown(from),
        Reasons.shown(to),
        "both are of one vendor",
        basis());
  }

  private Unjudged vendorUnknown(Parsed<String> from, Parsed<String> to) {
    Unjudged plain = WORDS.unjudged(FixedRule.VENDOR, VendorFacts.VENDOR, from, to);
    return new Unjudged(
        FixedRule.VENDOR,
        Optional.of(FACET),
        plain.attribute(),
        plain.source(),
        plain.destination(),
        plain.state(),
        plain.detail(),
        basis(),
        List.of());
  }
}
