package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.pack.Glob;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.oracle.NaiveFacts.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The naive choice of the packs that are about an endpoint (docs/rules.md 3.5). Immutable. */
record NaiveSelection(RulePacks packs) {

  /** The narrowest pack that fits; one without rules only where there is a driver to name. */
  Optional<RulePack> speaking(NaiveFacts endpoint) {
    List<RulePack> fitting =
        packs.all().stream().filter(pack -> !pack.always() && fits(pack, endpoint)).toList();
    return fitting.stream()
        .filter(pack -> fitting.stream().noneMatch(other -> precedes(other, pack)))
        .findFirst()
        .filter(pack -> pack.noRules().isEmpty() || endpoint.driver().there());
  }

  /** The pack that would fit, if a driver of VFIO held the function. */
  Optional<RulePack> unbound(NaiveFacts endpoint) {
    return packs.all().stream()
        .filter(
            pack ->
                !pack.always()
                    && pack.match().notBound().contains(endpoint.driverName())
                    && kinds(pack, endpoint)
                    && NaiveCondition.all(pack.match().where(), endpoint) == State.THERE)
        .findFirst();
  }

  private static boolean kinds(RulePack pack, NaiveFacts endpoint) {
    return pack.match().kinds().stream().anyMatch(k -> k.toString().equals(endpoint.kind()));
  }

  private static boolean drivers(RulePack pack, NaiveFacts endpoint) {
    return pack.match().drivers().isEmpty()
        || NaiveCondition.any(pack.match().drivers(), endpoint.driverName());
  }

  /** True where a pack is about an endpoint. */
  static boolean fits(RulePack pack, NaiveFacts endpoint) {
    return kinds(pack, endpoint)
        && drivers(pack, endpoint)
        && NaiveCondition.all(pack.match().where(), endpoint) == State.THERE;
  }

  /** True where nobody can tell whether a pack is about an endpoint. */
  static boolean perhaps(RulePack pack, NaiveFacts endpoint) {
    return kinds(pack, endpoint)
        && drivers(pack, endpoint)
        && NaiveCondition.all(pack.match().where(), endpoint) == State.ABSENT;
  }

  /**
   * Other packs with a say, had anybody supplied a value: each is narrower than the one that has.
   */
  List<RulePack> rivals(Optional<RulePack> speaks, NaiveFacts endpoint) {
    return packs.all().stream()
        .filter(other -> !other.always() && perhaps(other, endpoint))
        .filter(other -> speaks.isPresent() && precedes(other, speaks.get()))
        .toList();
  }

  /**
   * The ids of all that it may be of, but for a pack that only means that nobody knows two drivers.
   */
  static Set<String> families(
      RulePack pack, List<RulePack> rivals, NaiveFacts source, NaiveFacts destination) {
    return Stream.concat(Stream.of(pack), rivals.stream())
        .filter(one -> !strangers(one, source.driverName(), destination.driverName()))
        .map(RulePack::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Drivers of different names that a pack without rules selects, and does not both name. */
  private static boolean strangers(RulePack pack, String one, String other) {
    List<String> named = pack.match().drivers().stream().map(Glob::pattern).toList();
    return pack.noRules().isPresent()
        && !one.replace("-", "_").equals(other.replace("-", "_"))
        && !(named.contains(one) && named.contains(other));
  }

  /** Exact names before patterns before none, then more conditions, then an operator's own. */
  private boolean precedes(RulePack one, RulePack other) {
    if (names(one) != names(other)) {
      return names(one) > names(other);
    }
    int conditions = one.match().where().values().size();
    int others = other.match().where().values().size();
    if (conditions != others) {
      return conditions > others;
    }
    boolean own = packs.fileOf(one).isPresent();
    return own != packs.fileOf(other).isPresent() ? own : one.id().compareTo(other.id()) < 0;
  }

  private static int names(RulePack pack) {
    List<Glob> drivers = pack.match().drivers();
    boolean exact = drivers.stream().noneMatch(glob -> glob.pattern().matches(".*[*?].*"));
    return drivers.isEmpty() ? 0 : exact ? 2 : 1;
  }
}
