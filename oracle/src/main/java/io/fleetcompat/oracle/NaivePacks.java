package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.pack.Condition;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.oracle.NaiveFacts.Fact;
import io.fleetcompat.oracle.NaiveFacts.State;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The naive rules of packs (docs/rules.md 3.5): it shares what the files of packs say with the
 * product, and no line that judges. Immutable.
 */
record NaivePacks(RulePacks packs) {

  /** True where a pack is responsible for the source: it judges then. */
  boolean judge(NaiveFacts source, NaiveFacts destination, boolean declared, Findings to) {
    Optional<RulePack> speaks = source.known() ? selection().speaking(source) : Optional.empty();
    Optional<RulePack> responsible =
        speaks.isPresent() || !source.known() ? speaks : selection().unbound(source);
    if (responsible.isEmpty()) {
      return false;
    }
    RulePack pack = responsible.get();
    List<RulePack> rivals = selection().rivals(speaks, source);
    boolean open = pack.noRules().isEmpty() && !rivals.isEmpty();
    boolean rules = !open && family(pack, source, destination, to);
    if (open || rules || pack.notMigratable().isEmpty()) {
      operations(pack, rivals, source, destination, declared, to);
    }
    if (open) {
      to.unknown("driver-family");
    }
    if (declared) {
      to.unknown("facet-mismatch");
    } else if (!destination.known()) {
      to.unknown("facet-missing");
    }
    if (!destination.known()) {
      return true;
    }
    differences(source, destination, to);
    vendor(source, destination, to);
    if (speaks.isEmpty()) {
      to.unknown("not-bound");
    }
    Family family = family(pack, rivals, source, destination, to);
    if (family != Family.OTHER && !declared && !open) {
      boolean same = family == Family.SAME && speaks.isPresent();
      rules(pack, rules, same, source, destination, to);
    }
    return true;
  }

  private enum Family {
    SAME,
    OTHER,
    OPEN
  }

  private Family family(
      RulePack pack,
      List<RulePack> rivals,
      NaiveFacts source,
      NaiveFacts destination,
      Findings to) {
    State driver = destination.driver().state();
    if (driver == State.MALFORMED || driver == State.UNREADABLE) {
      to.unknown("driver-family");
      return Family.OPEN;
    }
    Optional<RulePack> at = selection().speaking(destination);
    if (at.isEmpty()) {
      to.unknown("not-bound");
      return Family.OPEN;
    }
    List<RulePack> others = selection().rivals(at, destination);
    Set<String> families = NaiveSelection.families(pack, rivals, source, destination);
    families.retainAll(NaiveSelection.families(at.get(), others, source, destination));
    if (families.isEmpty()) {
      to.incompatible("driver-family");
      return Family.OTHER;
    }
    if (pack.noRules().isEmpty() && !others.isEmpty()) {
      to.unknown("driver-family");
      return Family.OPEN;
    }
    return Family.SAME;
  }

  /** The rules of a pack; those about the hardware alone where the family is not known. */
  private static void rules(
      RulePack pack,
      boolean rules,
      boolean all,
      NaiveFacts source,
      NaiveFacts destination,
      Findings to) {
    for (PackRule rule : pack.identity()) {
      new NaivePackRule(pack, rule).judge(source, destination, to);
    }
    boolean judged = !rules;
    for (PackRule rule : rules ? pack.rules() : List.<PackRule>of()) {
      boolean ofHardware =
          rule.addresses().stream()
              .noneMatch(a -> a.equals("pci/driver") || !a.matches("(pci|type)/.*"));
      NaivePackRule naive = new NaivePackRule(pack, rule);
      if (all || ofHardware) {
        judged |= naive.judge(source, destination, to);
      } else if (asksForMigration(rule) && naive.lacksOperations(source, destination)) {
        to.incompatible("not-migratable");
        judged = true;
      }
    }
    if (!judged) {
      to.noneJudged();
    }
  }

  /** A side that is known to lack migration operations, unless a pack speaks of that itself. */
  private static void operations(
      RulePack pack,
      List<RulePack> rivals,
      NaiveFacts source,
      NaiveFacts destination,
      boolean declared,
      Findings to) {
    boolean speaksOfIt =
        Stream.concat(Stream.of(pack), rivals.stream())
            .flatMap(one -> one.rules().stream())
            .anyMatch(NaivePacks::asksForMigration);
    boolean atDestination = !declared && destination.known() && cannotMigrate(destination);
    if (!speaksOfIt && (cannotMigrate(source) || atDestination)) {
      to.incompatible("not-migratable");
    }
    boolean alone = rivals.isEmpty() || pack.noRules().isPresent();
    if (alone
        && (declared || !destination.known())
        && pack.rules().stream()
            .filter(NaivePacks::asksForMigration)
            .anyMatch(rule -> new NaivePackRule(pack, rule).lacksOperations(source, true))) {
      to.incompatible("not-migratable");
    }
  }

  private NaiveSelection selection() {
    return new NaiveSelection(packs);
  }

  private static boolean asksForMigration(PackRule rule) {
    return rule.reason().equals("not-migratable")
        && (rule.addresses().contains("vfio/migration")
            || rule.addresses().contains("fact/vfio.migration"));
  }

  /** True where the device is known to: by what was seen, good or malformed, else what is said. */
  private static boolean cannotMigrate(NaiveFacts endpoint) {
    Fact seen = endpoint.get("vfio/migration");
    Fact counts =
        seen.there() || seen.state() == State.MALFORMED
            ? seen
            : endpoint.get("fact/vfio.migration");
    return counts.there() && counts.text().equals("absent");
  }

  /** The additional demands, whatever else is so. */
  void demands(NaiveFacts source, NaiveFacts destination, Findings to) {
    List<RulePack> always = packs.all().stream().filter(RulePack::always).toList();
    if (always.isEmpty()) {
      return;
    }
    if (!source.known()) {
      to.unknown("facet-missing");
      return;
    }
    for (RulePack pack : always) {
      if (NaiveSelection.perhaps(pack, source)) {
        to.unknown("driver-family");
      }
      if (NaiveSelection.fits(pack, source)) {
        family(pack, source, destination, to);
        if (!destination.known()) {
          to.unknown("facet-missing");
        } else {
          pack.identity()
              .forEach(rule -> new NaivePackRule(pack, rule).judge(source, destination, to));
          pack.rules()
              .forEach(rule -> new NaivePackRule(pack, rule).judge(source, destination, to));
        }
      }
    }
  }

  /** The statements about a whole family; true where its rules are to be judged. */
  private static boolean family(
      RulePack pack, NaiveFacts source, NaiveFacts destination, Findings to) {
    if (pack.noRules().isPresent()) {
      to.unknown("no-rules");
      return false;
    }
    if (pack.notMigratable().isEmpty()) {
      return true;
    }
    List<Condition> exemption = pack.notMigratable().get().exemption().alternatives();
    boolean mayBe =
        (exempts(exemption, source) || mayExempt(exemption, source))
            && (exempts(exemption, destination) || mayExempt(exemption, destination));
    if (!mayBe) {
      to.incompatible("not-migratable");
    } else if (!exempts(exemption, source) || !exempts(exemption, destination)) {
      to.unknown("not-migratable");
    }
    return mayBe;
  }

  /** A malformed value may be the one that exempts it, where no other rules that out. */
  private static boolean mayExempt(List<Condition> exemption, NaiveFacts endpoint) {
    return endpoint.known()
        && exemption.stream()
            .filter(one -> NaiveCondition.all(one, endpoint) == State.ABSENT)
            .flatMap(one -> one.values().keySet().stream())
            .anyMatch(address -> endpoint.get(address).state() == State.MALFORMED);
  }

  private static boolean exempts(List<Condition> exemption, NaiveFacts endpoint) {
    return endpoint.known()
        && exemption.stream().anyMatch(one -> NaiveCondition.all(one, endpoint) == State.THERE);
  }

  /** Nobody can tell whose they are. */
  private static void vendor(NaiveFacts source, NaiveFacts destination, Findings to) {
    Fact from = source.get("pci/vendor");
    Fact at = destination.get("pci/vendor");
    boolean none =
        from.state() == State.ABSENT
            && at.state() == State.ABSENT
            && !source.ofFunction()
            && !destination.ofFunction();
    if (!(from.there() && at.there()) && !none) {
      to.unknown("vendor");
    }
  }

  /** The differences that decide at once, whoever speaks for the source. */
  static void differences(NaiveFacts source, NaiveFacts destination, Findings to) {
    Fact from = source.get("pci/vendor");
    Fact at = destination.get("pci/vendor");
    if (from.there() && at.there() && !from.text().equals(at.text())) {
      to.incompatible("vendor");
    }
    if (!source.kind().equals(destination.kind())) {
      to.incompatible("device-kind");
    }
    Fact name = source.get("type/name");
    Fact other = destination.get("type/name");
    if (name.there() && other.there() && !name.text().equals(other.text())) {
      to.incompatible("type-name");
    }
  }
}
