package io.fleetcompat.query.whatif;

import static java.util.Comparator.comparingInt;

import io.fleetcompat.compatibility.health.PoolAssessment;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.profile.ProfileDifference;
import io.fleetcompat.query.audit.PoolComparison;
import io.fleetcompat.query.audit.PoolDifference;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PoolReach;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.HypotheticalFleet.Turn;
import io.fleetcompat.query.whatif.HypotheticalFleet.TurnedEndpoints;
import io.fleetcompat.query.whatif.WhatIfResult.ChangedPool;
import io.fleetcompat.query.whatif.WhatIfResult.ChangedProfile;
import io.fleetcompat.query.whatif.WhatIfResult.Displaced;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The answerer of "what if?": it makes the view of the fleet after a change and compares it with
 * the view of now, by the code that compares two times. Any thread; nothing that it makes outlives
 * the answer.
 */
public final class WhatIf {

  /** Most hosts and endpoints that are named of each sort. */
  static final int MOST_NAMED = 100;

  /** Most profiles that become others that are told. */
  static final int MOST_PROFILES = 100;

  private static final Comparator<ChangedPool> WORST_FIRST =
      comparingInt((ChangedPool pool) -> -pool.difference().devices().newlyStranded().total())
          .thenComparing(pool -> -pool.difference().types().newlyStranded().total())
          .thenComparing(
              pool ->
                  -pool.difference().devices().pairsLost() - pool.difference().types().pairsLost())
          .thenComparing(pool -> pool.difference().pool());

  private final Supplier<PairVerdicts<?>> verdicts;

  /**
   * @param verdicts makes caches of verdicts: slots of profiles that are invented mean them within
   *     one answer alone
   */
  public WhatIf(Supplier<PairVerdicts<?>> verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * "What would become of the pools?"
   *
   * @param now the time at which overrides count, in milliseconds since 1970
   * @throws ImpossibleChangeException where the change cannot be made
   */
  public WhatIfResult find(IndexView view, HypotheticalChange change, long now, Deadline deadline) {
    HypotheticalFleet fleet = HypotheticalFleet.of(view, change, deadline);
    ViewOverrides before = ViewOverrides.of(view, now);
    ViewOverrides after = ViewOverrides.of(fleet.view(), now);
    PairVerdicts<?> cache = verdicts.get();
    UnknownPairs unknown = new UnknownPairs(deadline);
    BitSet given = new BitSet();
    fleet.turns().keySet().forEach(turn -> given.set(turn.to()));
    List<ChangedPool> pools = new ArrayList<>();
    for (String pool : fleet.pools()) {
      ViewPool was = new ViewPool(before, pool, cache, deadline);
      ViewPool is = new ViewPool(after, pool, cache, deadline);
      PoolDifference difference = PoolComparison.of(pool, before, after, Set.of(), cache, deadline);
      unknown.add(was, is, given);
      pools.add(
          new ChangedPool(
              difference,
              was.liveHosts(),
              is.liveHosts(),
              PoolAssessment.of(was, was),
              PoolAssessment.of(is, is)));
    }
    pools.sort(WORST_FIRST);
    List<ChangedProfile> profiles = profiles(fleet);
    return new WhatIfResult(
        Selected.of(fleet.selected(), host -> host.placed().isFresh()),
        profiles.stream().limit(MOST_PROFILES).toList(),
        Math.max(0, profiles.size() - MOST_PROFILES),
        fleet.notApplied(),
        change.service() == Service.STAY
            ? Optional.empty()
            : Optional.of(displaced(fleet, after, cache, deadline)),
        fleet.view().ruleSet(),
        pools,
        unknown.found());
  }

  /**
   * "What would have to be the same on all hosts of a pool?"
   *
   * @param now the time at which overrides count, in milliseconds since 1970
   */
  public List<BaselineFamily> baseline(IndexView view, String pool, long now, Deadline deadline) {
    ViewOverrides overrides = ViewOverrides.of(view, now);
    ViewPool hosts = new ViewPool(overrides, pool, verdicts.get(), deadline);
    return PoolBaseline.of(pool, hosts, overrides, deadline);
  }

  private static List<ChangedProfile> profiles(HypotheticalFleet fleet) {
    MatrixImage matrix = fleet.view().matrix();
    List<ChangedProfile> profiles = new ArrayList<>();
    for (Map.Entry<Turn, TurnedEndpoints> each : fleet.turns().entrySet()) {
      Turn turn = each.getKey();
      TurnedEndpoints of = each.getValue();
      profiles.add(
          new ChangedProfile(
              matrix.fingerprint(turn.from()),
              matrix.fingerprint(turn.to()),
              fleet.invented().contains(turn.to()),
              of.hosts(),
              of.devices(),
              of.types(),
              ProfileDifference.between(
                  profile(matrix, turn.from()).canonical(),
                  profile(matrix, turn.to()).canonical())));
    }
    profiles.sort(
        comparingInt((ChangedProfile each) -> -each.devices() - each.types())
            .thenComparing(ChangedProfile::from)
            .thenComparing(ChangedProfile::to));
    return profiles;
  }

  private static Profile profile(MatrixImage matrix, int slot) {
    ProfileEntry entry = matrix.profile(slot);
    if (entry == null) {
      throw new IllegalStateException("only profiles that are known become others");
    }
    return entry.profile();
  }

  /** The destinations of the devices of hosts that go, by the rules and profiles of after. */
  private static Displaced displaced(
      HypotheticalFleet fleet, ViewOverrides after, PairVerdicts<?> cache, Deadline deadline) {
    Map<String, PoolReach> reach = new HashMap<>();
    int devices = 0;
    List<String> nowhere = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Host host : fleet.selected()) {
      Optional<PoolReach> pool =
          host.placed()
              .pool()
              .map(
                  in ->
                      reach.computeIfAbsent(
                          in, name -> new PoolReach(after, name, Set.of(), cache, deadline)));
      EndpointTable endpoints = host.placed().endpoints();
      for (int i = 0; i < endpoints.size(); i++) {
        int slot = endpoints.slot(i);
        if (!endpoints.isType(i)) {
          devices++;
          if (pool.isEmpty() || pool.get().of(slot).isEmpty()) {
            boolean mayGo = pool.isPresent() && pool.get().isUnknown(slot);
            (mayGo ? unknown : nowhere).add(IndexedEndpoint.of(host, i).reference());
          }
        }
      }
    }
    return new Displaced(devices, Selected.named(nowhere), Selected.named(unknown));
  }
}
