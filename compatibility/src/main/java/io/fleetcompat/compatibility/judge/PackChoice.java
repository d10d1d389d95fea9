package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.pack.Condition;
import io.fleetcompat.compatibility.pack.PackMatch;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import java.util.List;
import java.util.Optional;

/**
 * The packs that have to do with a profile: found once for each, since there are many pairs.
 *
 * @param speaking the pack that selects it
 * @param unbound where none does, the pack that would, if a driver of VFIO held the function
 * @param demands the packs that make additional demands of it
 * @param lacksOperations true where it is known that its driver gave it no migration operations
 */
record PackChoice(
    Optional<RulePack> speaking,
    Optional<RulePack> unbound,
    List<RulePack> demands,
    boolean lacksOperations) {

  static PackChoice of(RulePacks packs, VendorFacts facts) {
    String driver = facts.driver() instanceof Parsed.Value<String>(String name) ? name : "";
    Optional<RulePack> selected =
        packs
            .select(facts.kind(), driver, facts::get)
            // That nothing is known of a driver is said of one that is there.
            .filter(pack -> pack.noRules().isEmpty() || !driver.isEmpty());
    return new PackChoice(
        selected,
        selected.isPresent() ? Optional.empty() : unbound(packs, facts, driver),
        packs.demands(facts.kind(), driver, facts::get),
        Migratability.isKnownToLackOperations(facts));
  }

  private static Optional<RulePack> unbound(RulePacks packs, VendorFacts facts, String driver) {
    return packs.all().stream()
        .filter(pack -> !pack.always() && pack.match().isNotBound(driver))
        .filter(pack -> anyDriver(pack.match()).fits(facts.kind(), driver, facts::get))
        .findFirst();
  }

  private static PackMatch anyDriver(PackMatch match) {
    return new PackMatch(match.kinds(), List.of(), List.of(), match.where());
  }

  /** The pack that is responsible for the source, whether a driver of VFIO holds it or not. */
  Optional<RulePack> responsible() {
    return speaking.isPresent() ? speaking : unbound;
  }

  /**
   * True where it is not known whether a pack selects the endpoint: its driver fits, and a value
   * that decides is missing.
   */
  static boolean mayFit(PackMatch match, VendorFacts facts) {
    String driver = facts.driver() instanceof Parsed.Value<String>(String name) ? name : "";
    PackMatch anywhere =
        new PackMatch(match.kinds(), match.drivers(), match.notBound(), Condition.ALWAYS);
    return anywhere.fits(facts.kind(), driver, facts::get)
        && match.where().values().keySet().stream()
            .anyMatch(address -> !(facts.get(address) instanceof Parsed.Value));
  }
}
