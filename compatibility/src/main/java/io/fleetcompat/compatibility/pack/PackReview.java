package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The remarks about one of an operator's packs among all that are in force. One use. */
public final class PackReview {

  private final RulePacks packs;
  private final RulePack pack;
  private final LocatedYaml yaml;
  private final List<PackRemark> remarks = new ArrayList<>();

  private PackReview(RulePacks packs, RulePack pack, LocatedYaml yaml) {
    this.packs = packs;
    this.pack = pack;
    this.yaml = yaml;
  }

  /**
   * Looks at a pack.
   *
   * @param packs with the pack in force
   */
  public static List<PackRemark> of(RulePacks packs, RulePack pack) {
    String file = packs.fileOf(pack).orElse(pack.id());
    try {
      LocatedYaml yaml = LocatedYaml.parse(file, packs.textOf(pack));
      return new PackReview(packs, pack, yaml).remarks();
    } catch (BadYamlException e) {
      throw new IllegalStateException("a pack in force was parsed before: " + e.problem(), e);
    }
  }

  private List<PackRemark> remarks() {
    Optional<RulePack> before = RulePacks.builtIn().find(pack.id());
    before.ifPresent(
        builtIn ->
            remark(
                "/pack",
                "takes the place of the built-in pack " + builtIn.name() + ", with all its rules"));
    if (!pack.always()) {
      selection();
    }
    demands();
    remarks.addAll(new LiteralReview(yaml).remarks());
    for (PackOption option : pack.options().values()) {
      if (allRules().noneMatch(rule -> isOf(rule, option))) {
        remark(
            JsonPointer.compile("/options").appendProperty(option.name()).toString(),
            "no rule depends on the option " + option.name());
      }
    }
    remarks.sort(Comparator.comparingInt(PackRemark::line));
    return remarks;
  }

  /** The rules that may be missing. */
  private void demands() {
    if (pack.rules().isEmpty() && pack.switchedOff().isEmpty()) {
      return;
    }
    if (allRules().noneMatch(rule -> rule.effect() == RuleEffect.REASON)) {
      remark("/rules", "no rule of it says no: none has the effect reason");
    }
    if (pack.notMigratable().filter(never -> never.exemption().isEmpty()).isPresent()) {
      remark(
          "/not-migratable",
          "its rules are never judged: without 'unless', none of these devices can migrate");
    }
    boolean asks =
        pack.notMigratable().isPresent() || allRules().anyMatch(PackRule::isAboutOperations);
    if (!pack.always() && !asks) {
      remark(
          "/rules",
          "does not ask for vfio/migration by a rule not-migratable: devices that are known to lack"
              + " migration operations cannot migrate, but those of which nobody knows it may");
    }
  }

  private void remark(String pointer, String words) {
    remarks.add(new PackRemark(yaml.file(), yaml.line(JsonPointer.compile(pointer)), words));
  }

  private Stream<PackRule> allRules() {
    return Stream.concat(pack.rules().stream(), pack.switchedOff().stream());
  }

  private static boolean isOf(PackRule rule, PackOption option) {
    return rule.choice().filter(choice -> choice.option().equals(option.name())).isPresent();
  }

  /** The words about the devices that it selects. */
  private void selection() {
    List<RulePack> order = packs.inOrder();
    List<RulePack> ahead = order.subList(0, order.indexOf(pack));
    Set<String> drivers = drivers();
    Set<String> takers = new TreeSet<>();
    boolean left = drivers.isEmpty();
    for (String driver : drivers) {
      for (DeviceKind kind : pack.match().kinds()) {
        Optional<RulePack> taker =
            ahead.stream()
                .filter(other -> !other.always())
                .filter(other -> other.match().covers(pack.match(), kind, driver))
                .findFirst();
        taker.ifPresent(other -> takers.add(other.name()));
        left = left || taker.isEmpty();
      }
    }
    boolean exact = pack.match().drivers().stream().allMatch(Glob::isExact);
    if (!left) {
      remark(
          "/match",
          exact
              ? "selects nothing: narrower packs, or packs before it by their ids, select it all: "
                  + String.join(", ", takers)
              : "selects only drivers that no pack names: the others are selected by "
                  + String.join(", ", takers));
    }
    displaced(order.subList(order.indexOf(pack) + 1, order.size()), drivers);
  }

  /** The drivers that it names, and those that other packs name and its patterns match. */
  private Set<String> drivers() {
    Set<String> drivers = new TreeSet<>(pack.match().namedDrivers());
    for (RulePack other : packs.all()) {
      for (String driver : other.match().namedDrivers()) {
        if (pack.match().drivers().stream().anyMatch(glob -> glob.matches(driver))) {
          drivers.add(driver);
        }
      }
    }
    return drivers;
  }

  /** Built-in packs that speak no more of all that they named a driver for. */
  private void displaced(List<RulePack> behind, Set<String> drivers) {
    for (RulePack other : behind) {
      boolean meets =
          packs.fileOf(other).isEmpty()
              && !other.always()
              && other.match().namedDrivers().stream().anyMatch(drivers::contains)
              && other.match().kinds().stream().anyMatch(pack.match().kinds()::contains);
      if (meets) {
        remark(
            "/match",
            "speaks in place of the built-in pack %s where both fit".formatted(other.name()));
      }
    }
  }
}
