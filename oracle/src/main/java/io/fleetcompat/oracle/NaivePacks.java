package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.pack.Condition;
import io.fleetcompat.compatibility.pack.Glob;
import io.fleetcompat.compatibility.pack.MissingValue;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.PairOperator;
import io.fleetcompat.compatibility.pack.RuleEffect;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.pack.ValueOperator;
import io.fleetcompat.oracle.NaiveFacts.Fact;
import io.fleetcompat.oracle.NaiveFacts.State;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The naive rules of packs (docs/rules.md 3.5): it shares what the files of packs say with the
 * product, and no line that judges. Immutable.
 */
record NaivePacks(RulePacks packs) {

  /** True where a pack is responsible for the source: it judges then. */
  boolean judge(NaiveFacts source, NaiveFacts destination, boolean declared, Findings to) {
    Optional<RulePack> speaks = source.known() ? speaking(source) : Optional.empty();
    Optional<RulePack> pack = speaks.isPresent() || !source.known() ? speaks : unbound(source);
    if (pack.isEmpty()) {
      return false;
    }
    boolean rival = pack.get().noRules().isEmpty() && !rivals(speaks, source).isEmpty();
    boolean rules = !rival && family(pack.get(), source, destination, to);
    boolean saidAlready = pack.get().notMigratable().isPresent() && !rules && !rival;
    boolean speaksOfIt =
        saidAlready
            || Stream.concat(pack.stream(), rivals(speaks, source).stream())
                .flatMap(one -> one.rules().stream())
                .anyMatch(NaivePacks::asksForMigration);
    boolean atDestination = !declared && destination.known() && cannotMigrate(destination);
    if (!speaksOfIt && (cannotMigrate(source) || atDestination)) {
      to.incompatible("not-migratable");
    }
    if (rival) {
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
    boolean other = false;
    boolean same = false;
    Optional<RulePack> at = speaking(destination);
    if (destination.driver().state() == State.MALFORMED
        || destination.driver().state() == State.UNREADABLE) {
      to.unknown("driver-family");
    } else if (at.isEmpty()) {
      to.unknown("not-bound");
    } else {
      Set<String> families = families(pack, rivals(speaks, source), source, destination);
      families.retainAll(families(at, rivals(at, destination), source, destination));
      if (families.isEmpty()) {
        to.incompatible("driver-family");
        other = true;
      } else if (pack.get().noRules().isEmpty() && !rivals(at, destination).isEmpty()) {
        to.unknown("driver-family");
      } else {
        same = speaks.isPresent();
      }
    }
    if (other || declared || rival) {
      return true;
    }
    for (PackRule rule : pack.get().identity()) {
      rule(pack.get(), rule, source, destination, to);
    }
    boolean judged = !rules;
    for (PackRule rule : rules ? pack.get().rules() : List.<PackRule>of()) {
      boolean ofHardware =
          rule.addresses().stream()
              .noneMatch(a -> a.equals("pci/driver") || !a.matches("(pci|type)/.*"));
      if (same || ofHardware) {
        judged |= rule(pack.get(), rule, source, destination, to);
      }
    }
    if (!judged) {
      to.noneJudged();
    }
    return true;
  }

  private static boolean asksForMigration(PackRule rule) {
    return rule.reason().equals("not-migratable")
        && (rule.addresses().contains("vfio/migration")
            || rule.addresses().contains("fact/vfio.migration"));
  }

  /** What was seen counts, else what is said. */
  private static boolean cannotMigrate(NaiveFacts endpoint) {
    Fact seen = endpoint.get("vfio/migration");
    Fact counts = seen.there() ? seen : endpoint.get("fact/vfio.migration");
    return counts.there() && counts.text().equals("absent");
  }

  /** Drivers of different names that a pack without rules selects, and does not both name. */
  private static boolean strangers(RulePack pack, String one, String other) {
    List<String> named = pack.match().drivers().stream().map(Glob::pattern).toList();
    return pack.noRules().isPresent()
        && !one.replace("-", "_").equals(other.replace("-", "_"))
        && !(named.contains(one) && named.contains(other));
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
      if (perhaps(pack, source)) {
        to.unknown("driver-family");
      }
      if (fits(pack, source)) {
        family(pack, source, destination, to);
        if (!destination.known()) {
          to.unknown("facet-missing");
        } else {
          pack.identity().forEach(rule -> rule(pack, rule, source, destination, to));
          pack.rules().forEach(rule -> rule(pack, rule, source, destination, to));
        }
      }
    }
  }

  private Optional<RulePack> speaking(NaiveFacts endpoint) {
    return packs
        .select(
            DeviceKind.of(endpoint.kind()).orElseThrow(),
            endpoint.driverName(),
            address -> parsed(endpoint.get(address)))
        .filter(pack -> pack.noRules().isEmpty() || endpoint.driver().there());
  }

  private static Parsed<String> parsed(Fact fact) {
    return switch (fact.state()) {
      case THERE -> new Parsed.Value<>(fact.text());
      case ABSENT -> new Parsed.Absent<>();
      case MALFORMED, FAILED -> new Parsed.Malformed<>("");
      case UNREADABLE -> new Parsed.Unreadable<>("");
    };
  }

  private Optional<RulePack> unbound(NaiveFacts endpoint) {
    return packs.all().stream()
        .filter(
            pack ->
                !pack.always()
                    && pack.match().notBound().contains(endpoint.driverName())
                    && kinds(pack, endpoint)
                    && all(pack.match().where(), endpoint) == State.THERE)
        .findFirst();
  }

  private static boolean kinds(RulePack pack, NaiveFacts endpoint) {
    return pack.match().kinds().stream().anyMatch(k -> k.toString().equals(endpoint.kind()));
  }

  private static boolean drivers(RulePack pack, NaiveFacts endpoint) {
    return pack.match().drivers().isEmpty() || any(pack.match().drivers(), endpoint.driverName());
  }

  private static boolean fits(RulePack pack, NaiveFacts endpoint) {
    return kinds(pack, endpoint)
        && drivers(pack, endpoint)
        && all(pack.match().where(), endpoint) == State.THERE;
  }

  private static boolean perhaps(RulePack pack, NaiveFacts endpoint) {
    return kinds(pack, endpoint)
        && drivers(pack, endpoint)
        && all(pack.match().where(), endpoint) == State.ABSENT;
  }

  /**
   * Other packs with a say, had anybody supplied a value: each is narrower than the one that has.
   */
  private List<RulePack> rivals(Optional<RulePack> speaks, NaiveFacts endpoint) {
    return packs.all().stream()
        .filter(other -> !other.always() && perhaps(other, endpoint))
        .filter(other -> speaks.isPresent() && precedes(other, speaks.get()))
        .toList();
  }

  /**
   * The ids of all that it may be of, but for a pack that only means that nobody knows two drivers.
   */
  private static Set<String> families(
      Optional<RulePack> pack, List<RulePack> rivals, NaiveFacts source, NaiveFacts destination) {
    return Stream.concat(pack.stream(), rivals.stream())
        .filter(one -> !strangers(one, source.driverName(), destination.driverName()))
        .map(RulePack::id)
        .collect(Collectors.toCollection(TreeSet::new));
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

  /** THERE where all of it holds, MALFORMED where it does not, ABSENT where nobody can tell. */
  private static State all(Condition condition, NaiveFacts endpoint) {
    State all = State.THERE;
    for (Map.Entry<String, List<Glob>> entry : condition.values().entrySet()) {
      Fact fact = endpoint.get(entry.getKey());
      if (fact.there() && !any(entry.getValue(), fact.text())) {
        return State.MALFORMED;
      }
      all = fact.there() ? all : State.ABSENT;
    }
    return all;
  }

  private static boolean any(List<Glob> globs, String text) {
    return globs.stream().anyMatch(glob -> NaiveOperators.glob(glob.pattern(), text));
  }

  /** What the whole family is; true where its rules are to be judged. */
  private static boolean family(
      RulePack pack, NaiveFacts source, NaiveFacts destination, Findings to) {
    if (pack.noRules().isPresent()) {
      to.unknown("no-rules");
      return false;
    }
    if (pack.notMigratable().isEmpty()) {
      return true;
    }
    List<Condition> unless = pack.notMigratable().get().unless().alternatives();
    boolean excepted = excepts(unless, source) && excepts(unless, destination);
    if (!excepted) {
      to.incompatible("not-migratable");
    }
    return excepted;
  }

  private static boolean excepts(List<Condition> unless, NaiveFacts endpoint) {
    return endpoint.known() && unless.stream().anyMatch(one -> all(one, endpoint) == State.THERE);
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

  /** What differs at once, whoever speaks for the source. */
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

  /** True where it was judged: there were values, and they were compared. */
  private static boolean rule(
      RulePack pack, PackRule rule, NaiveFacts source, NaiveFacts destination, Findings to) {
    if (all(rule.appliesWhere(), source) == State.MALFORMED
        && all(rule.appliesWhere(), destination) == State.MALFORMED) {
      return false;
    }
    Fact from = first(rule, source);
    Fact at =
        rule.range().isPresent()
            ? range(rule.range().get(), destination)
            : first(rule, destination);
    String name = rule.reason().contains("/") ? pack.id() + "/" + rule.id() : rule.reason();
    State found =
        from.there() && from.equals(at) && rule.equalIfBoth().contains(from.text())
            ? State.THERE
            : NaiveOperators.judge(
                rule.operator(),
                from,
                at,
                spared(rule, source) == State.THERE,
                spared(rule, destination) == State.THERE);
    switch (found) {
      case THERE -> {
        return true;
      }
      case FAILED -> {
        List<NaiveFacts> blamed = new ArrayList<>();
        if (spared(rule, source) != State.THERE && isBlamed(rule, from, true)) {
          blamed.add(source);
        }
        if (spared(rule, destination) != State.THERE && isBlamed(rule, at, false)) {
          blamed.add(destination);
        }
        boolean bad = lacksMore(rule, from, at, spared(rule, source), spared(rule, destination));
        State left =
            blamed.stream().anyMatch(side -> spared(rule, side) == State.MALFORMED)
                ? State.FAILED
                : bad ? State.MALFORMED : whyOpen(rule, blamed);
        tell(rule.effect(), name, rule.address(), from, left, to);
        return left == State.FAILED;
      }
      case ABSENT, MALFORMED, UNREADABLE -> {
        MissingValue meaning =
            found == State.MALFORMED
                ? MissingValue.UNKNOWN
                : from.there() != at.there() ? rule.missingAtOne() : rule.missing();
        switch (meaning) {
          case NOT_APPLICABLE -> {}
          case WARNING -> to.warning(name, rule.address());
          case UNKNOWN -> tell(rule.effect(), name, rule.address(), from, found, to);
        }
        return false;
      }
    }
    return false;
  }

  private static void tell(
      RuleEffect effect, String rule, String address, Fact source, State found, Findings to) {
    switch (effect) {
      case REASON -> {
        switch (found) {
          case FAILED -> to.incompatible(rule);
          case ABSENT -> to.lacking(rule);
          case MALFORMED, UNREADABLE, THERE -> to.unknown(rule);
        }
      }
      case WARNING -> to.warning(rule, address);
      case OBLIGATION ->
          to.obligation(address, source.there() ? Optional.of(source.text()) : Optional.empty());
    }
  }

  /** THERE where a side needs no value, MALFORMED where it does, ABSENT where nobody can tell. */
  private static State spared(PackRule rule, NaiveFacts endpoint) {
    List<State> states =
        rule.satisfiedWhere().alternatives().stream().map(one -> all(one, endpoint)).toList();
    if (states.contains(State.THERE)) {
      return State.THERE;
    }
    return states.contains(State.ABSENT) ? State.ABSENT : State.MALFORMED;
  }

  /** True where a side's value does not satisfy the rule: of a pair, both are to blame. */
  private static boolean isBlamed(PackRule rule, Fact value, boolean atSource) {
    return switch (rule.operator()) {
      case PairOperator _ -> true;
      case ValueOperator one -> NaiveOperators.side(one, value, atSource) == State.FAILED;
    };
  }

  /** True where a value that the rule needs beside the one to blame is there, and none. */
  private static boolean lacksMore(PackRule rule, Fact from, Fact at, State source, State other) {
    return rule.operator() instanceof ValueOperator one
        && ((source != State.THERE && isBad(NaiveOperators.side(one, from, true)))
            || (other != State.THERE && isBad(NaiveOperators.side(one, at, false))));
  }

  private static boolean isBad(State state) {
    return state == State.MALFORMED || state == State.UNREADABLE;
  }

  /** Whether a mismatch matters is open for want of a value, or since one cannot be read. */
  private static State whyOpen(PackRule rule, List<NaiveFacts> blamed) {
    boolean bad =
        blamed.stream()
            .flatMap(
                side ->
                    rule.satisfiedWhere().alternatives().stream()
                        .filter(one -> all(one, side) == State.ABSENT)
                        .flatMap(one -> one.values().keySet().stream())
                        .map(side::get))
            .anyMatch(fact -> !fact.there() && fact.state() != State.ABSENT);
    return bad ? State.MALFORMED : State.ABSENT;
  }

  /** The first value, good or malformed, or the first state that is not absent. */
  private static Fact first(PackRule rule, NaiveFacts endpoint) {
    List<Fact> facts = rule.addresses().stream().map(endpoint::get).toList();
    return facts.stream()
        .filter(fact -> fact.there() || fact.state() == State.MALFORMED)
        .findFirst()
        .or(() -> facts.stream().filter(fact -> fact.state() != State.ABSENT).findFirst())
        .orElse(Fact.ABSENT);
  }

  private static Fact range(PackRule.AgainstRange ends, NaiveFacts endpoint) {
    Fact least = endpoint.get(ends.minimum());
    Fact most = endpoint.get(ends.maximum());
    if (!least.there()) {
      return most.state() == State.MALFORMED ? most : least;
    }
    return most.there() ? Fact.of(least.text() + "-" + most.text()) : most;
  }
}
