package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.HypotheticalViewBuilder;
import io.fleetcompat.query.replica.HypotheticalViewBuilder.TooManyProfilesException;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.whatif.HypotheticalChange.AddedHost;
import io.fleetcompat.query.whatif.HypotheticalChange.OtherRules;
import io.fleetcompat.query.whatif.WhatIfResult.NotApplied;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * A fleet as it would be after a change. Immutable.
 *
 * @param view of it
 * @param selected the hosts that the change is about, as they are now, by name
 * @param turns which profiles become which, of how many endpoints
 * @param notApplied parts of the change that change no profile of some selected hosts
 * @param invented the slots of profiles that nobody has now
 * @param pools whose hosts, pairs or rules are others, sorted
 */
record HypotheticalFleet(
    IndexView view,
    List<Host> selected,
    Map<Turn, TurnedEndpoints> turns,
    List<NotApplied> notApplied,
    RoaringBitmap invented,
    Set<String> pools) {

  /** A profile that becomes another one, by slot. */
  record Turn(int from, int to) {}

  /** The endpoints that have another profile. */
  static final class TurnedEndpoints {
    private int hosts;
    private int devices;
    private int types;
    private int lastHost = -1;

    private void add(Host host, boolean type) {
      hosts += host.id() == lastHost ? 0 : 1;
      lastHost = host.id();
      types += type ? 1 : 0;
      devices += type ? 0 : 1;
    }

    int hosts() {
      return hosts;
    }

    int devices() {
      return devices;
    }

    int types() {
      return types;
    }
  }

  /**
   * The fleet of a view after a change.
   *
   * @throws ImpossibleChangeException where it cannot be made
   */
  static HypotheticalFleet of(IndexView view, HypotheticalChange change, Deadline deadline) {
    ProfileFacts facts = new ProfileFacts(view);
    List<Host> selected = selected(view, change, facts);
    SoftwareChange software = new SoftwareChange(change, facts);
    if (change.isOfHosts()) {
      software.require(selected);
    }
    Map<AddedHost, Host> models = models(view, change);
    Set<String> pools = pools(view, change, selected, models);
    HypotheticalViewBuilder builder =
        new HypotheticalViewBuilder(view, pools, !change.added().isEmpty());
    Map<Turn, TurnedEndpoints> turns = new LinkedHashMap<>();
    try {
      for (Host host : selected) {
        deadline.check();
        change(builder, host, change, software, turns);
      }
    } catch (TooManyProfilesException e) {
      throw new ImpossibleChangeException(e.getMessage() + "; select fewer hosts");
    }
    models.forEach(
        (added, like) ->
            builder.add(added.name(), like, added.pool().or(() -> like.placed().pool())));
    change.rules().ifPresent(rules -> builder.judgeBy(judge(view, rules)));
    if (!change.overridesAdded().isEmpty() || !change.overridesRemoved().isEmpty()) {
      builder.setOverrides(overrides(view.overrides(), change));
    }
    RoaringBitmap invented = builder.invented();
    return new HypotheticalFleet(
        builder.build(deadline::check),
        selected,
        turns,
        new UnappliedParts(change, facts, software).of(selected, deadline),
        invented,
        pools);
  }

  private static List<Host> selected(
      IndexView view, HypotheticalChange change, ProfileFacts facts) {
    boolean any = change.isOfHosts() || !change.added().isEmpty() || change.isOfRules();
    if (!any) {
      throw new ImpossibleChangeException(
          "expected a change (set, unset, driver, kernel, drain, remove, add, rules, overrides),"
              + " found none");
    }
    if (change.selection().isEmpty()) {
      if (change.isOfHosts()) {
        throw new ImpossibleChangeException(
            "select: expected the hosts that change (hosts, pool, labels, kernel, driver), found"
                + " none");
      }
      return List.of();
    }
    return change.selection().find(view, facts);
  }

  private static Map<AddedHost, Host> models(IndexView view, HypotheticalChange change) {
    Map<AddedHost, Host> models = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (AddedHost added : change.added()) {
      Host like = HostSelection.host(view, "add.like", added.like());
      if (view.fleet().find(added.name()) != null || !names.add(added.name())) {
        throw new ImpossibleChangeException(
            "add.host: expected a name that no host has, found " + Quoted.of(added.name()));
      }
      models.put(added, like);
    }
    return models;
  }

  /**
   * The pools of the hosts that change or come; all pools where rules change for no hosts alone.
   */
  private static Set<String> pools(
      IndexView view, HypotheticalChange change, List<Host> selected, Map<AddedHost, Host> models) {
    Set<String> pools = new TreeSet<>();
    if (change.isOfRules() && change.selection().isEmpty()) {
      view.fleet().pools().forEach((name, _) -> pools.add(name));
    }
    selected.forEach(host -> host.placed().pool().ifPresent(pools::add));
    models.forEach(
        (added, like) -> added.pool().or(() -> like.placed().pool()).ifPresent(pools::add));
    return pools;
  }

  private static void change(
      HypotheticalViewBuilder builder,
      Host host,
      HypotheticalChange change,
      SoftwareChange software,
      Map<Turn, TurnedEndpoints> turns) {
    if (change.changesSoftware()) {
      EndpointTable endpoints = host.placed().endpoints();
      for (int i = 0; i < endpoints.size(); i++) {
        int from = endpoints.slot(i);
        int to = software.edited(from, host).map(builder::slot).orElse(from);
        if (to != from) {
          turns
              .computeIfAbsent(new Turn(from, to), _ -> new TurnedEndpoints())
              .add(host, endpoints.isType(i));
        }
      }
      builder.change(
          host,
          slot -> software.edited(slot, host).map(builder::slot).orElse(slot),
          change.kernel());
    }
    switch (change.service()) {
      case STAY -> {}
      case DRAINED -> builder.silence(host);
      case REMOVED -> builder.remove(host);
    }
  }

  private static Judge judge(IndexView view, OtherRules rules) {
    if (!(view.matrix().judgement() instanceof Judgement.Known known)) {
      throw new ImpossibleChangeException(
          "rules: expected an index that is judged by rules of this process, found "
              + view.ruleSet().orElse("none yet"));
    }
    RuleSet now = known.ours();
    try {
      return new Judge(
          RuleSet.of(
              rules.policies().orElse(now.policies()),
              now.packs().with(packs(rules), rules.options())));
    } catch (BadYamlException e) {
      throw new ImpossibleChangeException("rules: " + e.problem());
    }
  }

  private static SortedMap<String, String> packs(OtherRules rules) {
    return new TreeMap<>(rules.packs());
  }

  private static RuleOverrides overrides(RuleOverrides now, HypotheticalChange change) {
    Map<String, RuleOverride> all = new TreeMap<>(now.all());
    for (String id : new TreeSet<>(change.overridesRemoved())) {
      if (all.remove(id) == null) {
        throw new ImpossibleChangeException(
            "overrides.remove: expected an override of the index (/v1/overrides lists them), found "
                + Quoted.of(id));
      }
    }
    change.overridesAdded().forEach(each -> all.put(each.id(), each));
    return RuleOverrides.of(all);
  }
}
