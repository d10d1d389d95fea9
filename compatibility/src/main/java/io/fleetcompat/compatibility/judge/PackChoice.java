package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.pack.PackMatch;
import io.fleetcompat.compatibility.pack.PackOperands;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.pack.Side;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packs that have to do with a profile, and its part in their rules: found once for each, since
 * there are many pairs. Immutable; any number of threads.
 *
 * @param speaking the pack that selects it
 * @param unbound where none does, the pack that would, if a driver of VFIO held the function
 * @param demands the packs that make additional demands of it
 * @param rivals the packs that may select it before the one that does, as far as anybody can tell
 * @param unsureDemands the packs that may make additional demands of it
 * @param lacksOperations true where it is known that its driver gave it no migration operations
 * @param leavesOperationsOpen true where no pack that is, or may be, responsible for it says what
 *     devices without such operations mean
 * @param operands for each of these packs
 */
record PackChoice(
    Optional<RulePack> speaking,
    Optional<RulePack> unbound,
    List<RulePack> demands,
    List<UnsureMatch> rivals,
    List<UnsureMatch> unsureDemands,
    boolean lacksOperations,
    boolean leavesOperationsOpen,
    List<PackOperands> operands) {

  /**
   * A pack of which nobody can tell whether it is about the profile.
   *
   * @param address of the value that decides
   * @param value why there is none
   */
  record UnsureMatch(RulePack pack, String address, Parsed<String> value) {

    private static UnsureMatch of(RulePack pack, VendorFacts facts) {
      String address = pack.match().missing(facts::get);
      return new UnsureMatch(pack, address, facts.get(address));
    }

    /** The value that decides, and that a side does not have. */
    Lack lack(Side side) {
      return Lack.of(side, address, value);
    }
  }

  /** The choice for a profile, which keeps it for the packs that asked last. */
  static PackChoice of(RulePacks packs, VendorFacts facts) {
    return facts.derived(packs, PackChoice.class, PackChoice::choose);
  }

  private static PackChoice choose(RulePacks packs, VendorFacts facts) {
    String driver = facts.driverName();
    Optional<RulePack> selected =
        packs
            .select(facts.kind(), driver, facts::get)
            // That nothing is known of a driver is said of one that is there.
            .filter(pack -> pack.noRules().isEmpty() || !driver.isEmpty());
    Optional<RulePack> unbound =
        selected.isPresent() ? Optional.empty() : unbound(packs, facts, driver);
    List<RulePack> demands = packs.demands(facts.kind(), driver, facts::get);
    List<UnsureMatch> rivals =
        selected.stream()
            .flatMap(pack -> packs.maySelectBefore(pack, facts.kind(), driver, facts::get).stream())
            .map(pack -> UnsureMatch.of(pack, facts))
            .toList();
    return new PackChoice(
        selected,
        unbound,
        demands,
        rivals,
        packs.openDemands(facts.kind(), driver, facts::get).stream()
            .map(pack -> UnsureMatch.of(pack, facts))
            .toList(),
        Migratability.isKnownToLackOperations(facts),
        selected.or(() -> unbound).filter(pack -> !pack.speaksOfOperations()).isPresent()
            && rivals.stream().noneMatch(rival -> rival.pack().speaksOfOperations()),
        Stream.of(selected.stream(), unbound.stream(), demands.stream())
            .flatMap(chosen -> chosen)
            .map(pack -> PackOperands.of(pack, facts::get, facts.isOfType()))
            .toList());
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
   * The first pack that may speak in place of the one that does. Of what a pack without rules
   * selects nothing is known anyway.
   */
  Optional<UnsureMatch> rival() {
    return rivals.isEmpty() || speaking.filter(pack -> pack.noRules().isEmpty()).isEmpty()
        ? Optional.empty()
        : Optional.of(rivals.getFirst());
  }

  /** All packs of whose family it is, or may be. */
  Stream<RulePack> families() {
    return Stream.concat(responsible().stream(), rivals.stream().map(UnsureMatch::pack));
  }

  /**
   * The profile's part in the rules of a pack: at hand for those that have to do with it, made anew
   * for any other, which is judged only where its driver does not tell that it is of that family.
   */
  PackOperands operands(RulePack pack, VendorFacts facts) {
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).pack().isSame(pack)) {
        return operands.get(i);
      }
    }
    return PackOperands.of(pack, facts::get, facts.isOfType());
  }
}
