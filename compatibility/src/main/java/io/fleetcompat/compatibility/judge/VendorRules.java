package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Verdict.DecidedBy;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
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
    Optional<VendorFacts> to = destination.vendorFacts();
    boolean migratable = ofFamily(pack, words, from, to, findings);
    operations(choice, words, from, destination, findings);
    if (destination.isDeclared()) {
      findings.unjudged(general::mismatch);
    } else if (to.isEmpty()) {
      findings.unjudged(() -> general.nothingKnown("destination"));
    }
    if (to.isEmpty() || findings.decided()) {
      return;
    }
    general.devices().vendorKnown(from, to.get(), findings);
    boolean typesDiffer = general.devices().differences(from, to.get(), findings);
    boolean bound = choice.speaking().isPresent();
    if (!bound) {
      findings.unjudged(() -> general.sourceNotBound(from.driver(), to.get().driver()));
    }
    Family family = family(pack, general, from, to.get(), findings);
    boolean same = family == Family.SAME && bound;
    if (!findings.decided() && family != Family.OTHER && !destination.isDeclared()) {
      rules(pack.identity(), words, from, to.get(), typesDiffer, findings);
      if (migratable) {
        boolean judged =
            rules(
                same
                    ? pack.rules()
                    : pack.rules().stream().filter(VendorRules::isOfHardware).toList(),
                words,
                from,
                to.get(),
                typesDiffer,
                findings);
        if (!judged && findings.outcome() == Outcome.COMPATIBLE) {
          findings.unjudged(() -> words.noRuleJudged(from, to.get()));
        }
      }
    }
  }

  /**
   * A device without migration operations cannot migrate, whatever pack speaks for it, unless that
   * says itself what such devices mean.
   */
  private void operations(
      PackChoice choice,
      PackReasons words,
      VendorFacts from,
      Profile destination,
      Findings findings) {
    Optional<VendorFacts> to = destination.vendorFacts().filter(_ -> !destination.isDeclared());
    boolean lacking =
        choice.lacksOperations() || to.filter(facts -> choice(facts).lacksOperations()).isPresent();
    if (lacking && !words.pack().speaksOfOperations()) {
      findings.failed(() -> words.noOperations(from, to));
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
      if (pack.noRules().isPresent() && areOthers(pack, from.driver(), to.driver())) {
        findings.failed(() -> general.otherDriver(from.driver(), to.driver()));
        return Family.OTHER;
      }
      return Family.SAME;
    }
    if (PackChoice.mayFit(pack.match(), to)) {
      findings.unjudged(() -> general.driverUnknown(to.driver()));
      return Family.OPEN;
    }
    findings.failed(() -> general.families(to.driver(), selected.get()));
    return Family.OTHER;
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

  /** True for a rule about the hardware or the type, which is so whatever driver holds it. */
  private static boolean isOfHardware(PackRule rule) {
    return rule.addresses().stream()
        .allMatch(
            address ->
                address.startsWith("type/")
                    || (address.startsWith("pci/") && !address.equals("pci/driver")));
  }

  /** True where at least one was judged: its values were there, and compared. */
  private static boolean rules(
      List<PackRule> rules,
      PackReasons words,
      VendorFacts from,
      VendorFacts to,
      boolean typesDiffer,
      Findings findings) {
    boolean judged = false;
    for (int i = 0; i < rules.size() && !findings.decided(); i++) {
      PackRule rule = rules.get(i);
      boolean said = typesDiffer && rule.reason().equals(FixedRule.TYPE_NAME.toString());
      if (!said) {
        judged |= words.tell(rule.judge(from::get, to::get), findings);
      }
    }
    return judged;
  }
}
