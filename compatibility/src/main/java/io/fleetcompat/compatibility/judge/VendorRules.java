package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Verdict.DecidedBy;
import io.fleetcompat.compatibility.pack.Exempted;
import io.fleetcompat.compatibility.pack.NotMigratable;
import io.fleetcompat.compatibility.pack.PackOperands;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.pack.Side;
import io.fleetcompat.compatibility.profile.Profile;
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
    findings.decidedBy(() -> new DecidedBy(pack.name(), PackReasons.spelled(pack.sources())));
    Optional<VendorFacts> to = destination.vendorFacts();
    // Under another pack that may speak, none of what this one says would count.
    boolean speaks = choice.rival().isEmpty();
    boolean migratable = speaks && ofFamily(pack, from, to, findings);
    if (!speaks || migratable || pack.notMigratable().isEmpty()) {
      operations(choice, pack, from, destination, findings);
    }
    source(choice, findings);
    if (destination.isDeclared()) {
      findings.unjudged(() -> words(pack).mismatch());
    } else if (to.isEmpty()) {
      findings.unjudged(() -> words(pack).nothingKnown("destination"));
    }
    if (to.isEmpty() || findings.decided()) {
      return;
    }
    DeviceIdentity.vendorKnown(choice.responsible(), from, to.get(), findings);
    boolean typesDiffer =
        DeviceIdentity.differences(choice.responsible(), from, to.get(), findings);
    boolean bound = choice.speaking().isPresent();
    if (!bound) {
      findings.unjudged(() -> words(pack).sourceNotBound(from.driver(), to.get().driver()));
    }
    Family family = family(pack, from, to.get(), findings);
    boolean same = family == Family.SAME && bound;
    if (speaks && !findings.decided() && family != Family.OTHER && !destination.isDeclared()) {
      PackOperands wanted = operands(pack, from);
      PackOperands offered = operands(pack, to.get());
      PackRules.identity(wanted, offered, typesDiffer, findings);
      if (migratable) {
        boolean judged = PackRules.rules(wanted, offered, typesDiffer, !same, findings);
        if (!judged) {
          findings.noneJudged(() -> new PackReasons(pack).noRuleJudged(wanted, offered));
        }
      }
    }
  }

  /** Finds that a pack may select the source that comes before the one that speaks. */
  private static void source(PackChoice choice, Findings findings) {
    choice
        .rival()
        .ifPresent(
            rival ->
                findings.unjudged(() -> words(rival.pack()).mayBeAbout(rival.lack(Side.SOURCE))));
  }

  /**
   * A device without migration operations cannot migrate, whatever pack speaks for it, unless that
   * says itself what such devices mean; it is asked here where its rules are not judged.
   */
  private void operations(
      PackChoice choice, RulePack pack, VendorFacts from, Profile destination, Findings findings) {
    Optional<VendorFacts> to =
        destination.isDeclared() ? Optional.empty() : destination.vendorFacts();
    if (!choice.leavesOperationsOpen()) {
      boolean isAlone = choice.rival().isEmpty();
      if (isAlone && to.isEmpty() && operands(pack, from).lacksOperations()) {
        findings.failed(() -> new PackReasons(pack).noOperations(from, to));
      }
      return;
    }
    if (choice.lacksOperations() || (to.isPresent() && choice(to.get()).lacksOperations())) {
      findings.failed(() -> new PackReasons(pack).noOperations(from, to));
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
    for (PackChoice.UnsureMatch demand : choice(from).unsureDemands()) {
      findings.unjudged(() -> words(demand.pack()).mayBeAbout(demand.lack(Side.SOURCE)));
    }
    for (RulePack pack : choice(from).demands()) {
      ofFamily(pack, from, destination.vendorFacts(), findings);
      Optional<VendorFacts> to = destination.vendorFacts();
      if (to.isEmpty()) {
        findings.unjudged(() -> words(pack).nothingKnown("destination"));
      } else {
        PackOperands wanted = operands(pack, from);
        PackOperands offered = operands(pack, to.get());
        PackRules.identity(wanted, offered, false, findings);
        PackRules.rules(wanted, offered, false, false, findings);
      }
    }
  }

  private PackChoice choice(VendorFacts facts) {
    return PackChoice.of(packs, facts);
  }

  private PackOperands operands(RulePack pack, VendorFacts facts) {
    return choice(facts).operands(pack, facts);
  }

  /** Made only where words are asked for: there are many pairs. */
  private static IdentityReasons words(RulePack pack) {
    return new IdentityReasons(pack);
  }

  /**
   * Judges a pair by what a pack says of its whole family. False where that alone decides: the
   * rules say nothing more then.
   */
  private boolean ofFamily(
      RulePack pack, VendorFacts from, Optional<VendorFacts> to, Findings findings) {
    if (pack.noRules().isPresent()) {
      findings.unjudged(() -> words(pack).noRules(pack.noRules().get(), from.driver(), driver(to)));
      return false;
    }
    if (pack.notMigratable().isEmpty()) {
      return true;
    }
    NotMigratable statement = pack.notMigratable().get();
    Exempted source = operands(pack, from).exception();
    Exempted destination = to.map(facts -> operands(pack, facts).exception()).orElse(Exempted.NO);
    if (source instanceof Exempted.No || destination instanceof Exempted.No) {
      findings.failed(
          () -> new PackReasons(pack).notMigratable(statement, from.driver(), driver(to)));
      return false;
    }
    if (source instanceof Exempted.Open || destination instanceof Exempted.Open) {
      findings.unjudged(() -> words(pack).exceptionOpen(statement, source, destination));
    }
    return true;
  }

  private static Parsed<String> driver(Optional<VendorFacts> facts) {
    return facts.map(VendorFacts::driver).orElse(new Absent<>());
  }

  /** The ways in which a destination belongs to the source's family. */
  private enum Family {
    SAME,
    OTHER,
    /** No driver of a family holds it, or nobody can tell. */
    OPEN
  }

  private Family family(RulePack pack, VendorFacts from, VendorFacts to, Findings findings) {
    if (!(to.driver() instanceof Value) && !(to.driver() instanceof Absent)) {
      findings.unjudged(() -> words(pack).driverUnknown(to.driver()));
      return Family.OPEN;
    }
    PackChoice wanted = choice(from);
    PackChoice offered = choice(to);
    Optional<RulePack> selected = offered.speaking();
    if (selected.isEmpty()) {
      findings.unjudged(() -> words(pack).destinationNotBound(from.driver(), to.driver()));
      return Family.OPEN;
    }
    boolean same = selected.get().isSame(pack);
    if (same && pack.noRules().isEmpty() && offered.rivals().isEmpty()) {
      return wanted.rivals().isEmpty() ? Family.SAME : Family.OPEN;
    }
    if (!mayBeOfOneFamily(wanted, from, offered, to)) {
      findings.failed(
          () ->
              same
                  ? words(pack).otherDriver(from.driverName(), to.driverName())
                  : words(pack).families(to.driver(), selected.get()));
      return Family.OTHER;
    }
    if (pack.noRules().isEmpty() && !offered.rivals().isEmpty()) {
      PackChoice.UnsureMatch rival = offered.rivals().getFirst();
      findings.unjudged(() -> words(rival.pack()).mayBeAbout(rival.lack(Side.DESTINATION)));
    }
    return Family.OPEN;
  }

  /** True where there is a pack that both are, or may be, of the family of. */
  private static boolean mayBeOfOneFamily(
      PackChoice wanted, VendorFacts from, PackChoice offered, VendorFacts to) {
    if (wanted.rivals().isEmpty() && offered.rivals().isEmpty()) {
      // Of most pairs: nothing is made for them.
      RulePack pack = wanted.responsible().orElseThrow();
      return pack.isSame(offered.responsible().orElseThrow()) && mayUnite(pack, from, to);
    }
    return wanted
        .families()
        .filter(pack -> mayUnite(pack, from, to))
        .anyMatch(pack -> offered.families().anyMatch(pack::isSame));
  }

  /** True where two devices that a pack selects may be of one family. */
  private static boolean mayUnite(RulePack pack, VendorFacts from, VendorFacts to) {
    return pack.noRules().isEmpty() || !areOthers(pack, from.driver(), to.driver());
  }

  /**
   * True for two drivers that a pack which knows nothing does not name: they have nothing in common
   * but that. A driver's name may be spelled with a dash or an underscore.
   */
  private static boolean areOthers(RulePack pack, Parsed<String> one, Parsed<String> other) {
    return one instanceof Value<String>(String first)
        && other instanceof Value<String>(String second)
        && !first.replace('-', '_').equals(second.replace('-', '_'))
        && !(pack.match().names(first) && pack.match().names(second));
  }
}
