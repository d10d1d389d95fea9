package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Verdict.DecidedBy;
import io.fleetcompat.compatibility.pack.Finding;
import io.fleetcompat.compatibility.pack.NotMigratable;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;

/**
 * The rules of packs (docs/rules.md 3.5): which pack speaks for a source, and what every pack
 * demands. Immutable; any number of threads.
 */
final class VendorRules {

  private final RulePacks packs;

  VendorRules(RulePacks packs) {
    this.packs = packs;
  }

  /** True where a pack speaks, or would, for a source that declares nothing itself. */
  boolean isResponsibleFor(Profile source) {
    return source.vendorFacts().isPresent()
        && choice(source.vendorFacts().get()).responsible().isPresent();
  }

  /** True where the pack that is responsible for it knows something. */
  boolean haveRulesFor(Profile source) {
    return source
        .vendorFacts()
        .flatMap(facts -> choice(facts).responsible())
        .filter(pack -> pack.noRules().isEmpty())
        .isPresent();
  }

  /** Judges a source that declares nothing itself, and that a pack is responsible for. */
  void judge(Profile source, Profile destination, Findings findings) {
    VendorFacts from = source.vendorFacts().orElseThrow();
    PackChoice choice = choice(from);
    RulePack pack = choice.responsible().orElseThrow();
    PackReasons words = new PackReasons(pack);
    IdentityReasons general = new IdentityReasons(pack);
    findings.decidedBy(() -> new DecidedBy(pack.name(), PackReasons.spelled(pack.sources())));
    boolean migratable = ofFamily(pack, words, from, destination.vendorFacts(), findings);
    Optional<VendorFacts> to = destination.vendorFacts();
    if (destination.isDeclared()) {
      findings.unjudged(general::mismatch);
    } else if (to.isEmpty()) {
      findings.unjudged(() -> general.nothingKnown("destination"));
    }
    if (to.isEmpty() || findings.decided()) {
      return;
    }
    boolean typesDiffer = identity(general, from, to.get(), findings);
    boolean bound = choice.speaking().isPresent();
    if (!bound) {
      findings.unjudged(() -> general.sourceNotBound(from.driver(), to.get().driver()));
    }
    Family family = family(pack, general, from, to.get(), findings);
    boolean same = family == Family.SAME && bound;
    if (!findings.decided() && family != Family.OTHER && !destination.isDeclared()) {
      rules(pack.identity(), words, from, to.get(), typesDiffer, findings);
      if (migratable) {
        rules(
            same ? pack.rules() : pack.rules().stream().filter(VendorRules::isOfHardware).toList(),
            words,
            from,
            to.get(),
            typesDiffer,
            findings);
      }
    }
  }

  /** Judges what packs demand in addition, whatever the source declares itself. */
  void judgeDemands(Profile source, Profile destination, Findings findings) {
    if (!packs.haveDemands()) {
      return;
    }
    if (source.vendorFacts().isEmpty()) {
      findings.unjudged(() -> IdentityReasons.unknownSource());
      return;
    }
    VendorFacts from = source.vendorFacts().get();
    for (RulePack pack : choice(from).demands()) {
      PackReasons words = new PackReasons(pack);
      ofFamily(pack, words, from, destination.vendorFacts(), findings);
      Optional<VendorFacts> to = destination.vendorFacts();
      if (to.isEmpty()) {
        findings.unjudged(() -> new IdentityReasons(pack).nothingKnown("destination"));
      } else {
        rules(pack.identity(), words, from, to.get(), false, findings);
        rules(pack.rules(), words, from, to.get(), false, findings);
      }
    }
  }

  private PackChoice choice(VendorFacts facts) {
    return facts.derived(packs, PackChoice.class, known -> PackChoice.of(packs, known));
  }

  /**
   * What a pack says of its whole family. False where that alone decides: the rules say nothing
   * more then.
   */
  private static boolean ofFamily(
      RulePack pack,
      PackReasons words,
      VendorFacts from,
      Optional<VendorFacts> to,
      Findings findings) {
    Parsed<String> driver = to.map(VendorFacts::driver).orElse(new Absent<>());
    if (pack.noRules().isPresent()) {
      findings.unjudged(
          () -> new IdentityReasons(pack).noRules(pack.noRules().get(), from.driver(), driver));
      return false;
    }
    if (pack.notMigratable().isEmpty()) {
      return true;
    }
    NotMigratable statement = pack.notMigratable().get();
    Finding finding =
        statement.judge(from::get, to.isPresent() ? to.get()::get : address -> new Absent<>());
    if (finding instanceof Finding.Failed(String detail)) {
      findings.failed(() -> words.notMigratable(statement, detail, from.driver(), driver));
      return false;
    }
    return true;
  }

  /** Finds what differs at once, whatever else is unknown. True where the names of the types do. */
  private static boolean identity(
      IdentityReasons general, VendorFacts from, VendorFacts to, Findings findings) {
    vendor(general, from, to, findings);
    if (from.kind() != to.kind()) {
      findings.failed(() -> general.kinds(from.kind(), to.kind()));
    }
    Parsed<String> name = from.get(VendorFacts.TYPE_NAME);
    boolean typesDiffer = differ(name, to.get(VendorFacts.TYPE_NAME));
    if (typesDiffer) {
      findings.failed(() -> general.typeNames(name, to.get(VendorFacts.TYPE_NAME)));
    }
    return typesDiffer;
  }

  /** A parent that is no PCI function has no vendor; a function without one is not understood. */
  private static void vendor(
      IdentityReasons general, VendorFacts from, VendorFacts to, Findings findings) {
    Parsed<String> one = from.get(VendorFacts.VENDOR);
    Parsed<String> other = to.get(VendorFacts.VENDOR);
    if (one instanceof Value && other instanceof Value) {
      if (!one.equals(other)) {
        findings.failed(() -> general.vendors(one, other));
      } else {
        findings.satisfied(() -> general.sameVendor(one, other));
      }
    } else if (!(one instanceof Absent && other instanceof Absent)
        || from.isOfFunction()
        || to.isOfFunction()) {
      findings.unjudged(() -> general.vendorUnknown(one, other));
    }
  }

  private static boolean differ(Parsed<String> one, Parsed<String> other) {
    return one instanceof Value && other instanceof Value && !one.equals(other);
  }

  /** The ways in which a destination belongs to the source's family. */
  private enum Family {
    SAME,
    OTHER,
    /** No driver of a family holds it, or nobody can tell. */
    OPEN
  }

  private Family family(
      RulePack pack, IdentityReasons general, VendorFacts from, VendorFacts to, Findings findings) {
    if (!(to.driver() instanceof Value) && !(to.driver() instanceof Absent)) {
      findings.unjudged(() -> general.driverUnknown(to.driver()));
      return Family.OPEN;
    }
    Optional<RulePack> selected = choice(to).speaking();
    if (selected.isEmpty()) {
      findings.unjudged(() -> general.destinationNotBound(from.driver(), to.driver()));
      return Family.OPEN;
    }
    if (selected.get().id().equals(pack.id())) {
      return Family.SAME;
    }
    if (PackChoice.mayFit(pack.match(), to)) {
      findings.unjudged(() -> general.driverUnknown(to.driver()));
      return Family.OPEN;
    }
    findings.failed(() -> general.families(to.driver(), selected.get()));
    return Family.OTHER;
  }

  /** True for a rule about the hardware or the type, which is so whatever driver holds it. */
  private static boolean isOfHardware(PackRule rule) {
    return rule.addresses().stream()
        .allMatch(
            address ->
                address.startsWith("type/")
                    || (address.startsWith("pci/") && !address.equals("pci/driver")));
  }

  private static void rules(
      List<PackRule> rules,
      PackReasons words,
      VendorFacts from,
      VendorFacts to,
      boolean typesDiffer,
      Findings findings) {
    for (int i = 0; i < rules.size() && !findings.decided(); i++) {
      PackRule rule = rules.get(i);
      boolean said = typesDiffer && rule.reason().equals(FixedRule.TYPE_NAME.toString());
      if (!said) {
        words.tell(rule.judge(from::get, to::get), findings);
      }
    }
  }
}
