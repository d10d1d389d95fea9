package io.fleetcompat.query.whatif;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toSet;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.audit.PoolDifference.Named;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PoolPairs;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.HypotheticalViewBuilder;
import io.fleetcompat.query.replica.HypotheticalViewBuilder.TooManyProfilesException;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.query.rollout.RolloutProblem;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import io.fleetcompat.query.rollout.RolloutResult;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutSearch;
import io.fleetcompat.query.rollout.RolloutStep;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.PlanResult.Block;
import io.fleetcompat.query.whatif.PlanResult.Blocked;
import io.fleetcompat.query.whatif.PlanResult.Move;
import io.fleetcompat.query.whatif.PlanResult.PoolPlan;
import io.fleetcompat.query.whatif.PlanResult.Wave;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answerer of "in which order?": hosts of a pool are emptied, changed and used again, some at a
 * time ({@link RolloutSearch}). Any thread; nothing that it makes outlives the answer.
 */
public final class Plans {

  /** Most live hosts of a pool for which an order is searched. */
  static final int MAX_HOSTS = 2000;

  /** Most devices of a pool. */
  static final int MAX_DEVICES = 40_000;

  private final Supplier<PairVerdicts<?>> verdicts;

  /**
   * @param verdicts makes caches of verdicts, one for each answer
   */
  public Plans(Supplier<PairVerdicts<?>> verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * "In which order?"
   *
   * @param sightings tells which hosts are live, and the time at which overrides count
   * @throws ImpossibleChangeException where there is nothing to plan
   */
  public PlanResult find(
      IndexView view, PlanQuestion question, Sightings sightings, Deadline deadline) {
    HypotheticalChange change = question.change();
    long now = sightings.now();
    Predicate<Host> isLive = host -> sightings.isFresh(host, now);
    boolean isOfSoftware =
        change.changesSoftware()
            && change.service() == Service.STAY
            && change.added().isEmpty()
            && !change.isOfRules();
    if (!isOfSoftware) {
      throw new ImpossibleChangeException(
          "expected a change of hosts' software alone (set, unset, driver, kernel): a plan is the"
              + " order in which hosts change; /v1/what-if takes the others");
    }
    HypotheticalFleet fleet = HypotheticalFleet.of(view, change, deadline);
    PairVerdicts<?> cache = verdicts.get();
    List<PoolPlan> plans = new ArrayList<>();
    for (String pool : fleet.pools()) {
      plans.add(plan(view, fleet, pool, question, isLive, now, cache, deadline));
    }
    return new PlanResult(
        named(fleet.selected().stream().map(Host::name).toList()),
        (int) fleet.selected().stream().filter(isLive.negate()).count(),
        (int) fleet.selected().stream().filter(host -> host.placed().pool().isEmpty()).count(),
        (int)
            fleet.selected().stream()
                .filter(host -> isLive.test(host) && host.placed().pool().isPresent())
                .count(),
        plans);
  }

  private static Named named(List<String> names) {
    return new Named(names.size(), names.stream().limit(WhatIf.MOST_NAMED).toList());
  }

  private static PoolPlan plan(
      IndexView view,
      HypotheticalFleet fleet,
      String pool,
      PlanQuestion question,
      Predicate<Host> isLive,
      long now,
      PairVerdicts<?> cache,
      Deadline deadline) {
    List<Host> hosts = live(view, pool, isLive);
    requireBounds(pool, hosts);
    Set<String> selected = fleet.selected().stream().map(Host::name).collect(toSet());
    HypotheticalViewBuilder builder = new HypotheticalViewBuilder(fleet.view(), Set.of(), false);
    PoolRollout rollout =
        new PoolRollout(view, fleet.view(), hosts, selected, question.inUse(), builder::slot);
    LaterPairs ways = new LaterPairs();
    RolloutProblem problem = problem(rollout, question.keep(), ways);
    IndexView all = builder.build(deadline::check);
    PoolPairs pairs = new PoolPairs(ViewOverrides.of(all, now), pool, cache);
    ways.pairs = pairs;
    RolloutResult found = RolloutSearch.of(problem, deadline::check);
    List<Integer> below = RolloutSearch.belowKeep(problem);
    return new PoolPlan(
        pool,
        hosts.size(),
        (int) problem.hosts().stream().filter(Stop::changes).count(),
        rollout.devices().size(),
        named(below.stream().map(device -> rollout.devices().get(device).reference()).toList()),
        found.steps().stream().map(step -> wave(step, rollout)).toList(),
        found instanceof RolloutResult.Blocked blocked
            ? Optional.of(blocked(blocked, problem, rollout, pairs, all))
            : Optional.empty());
  }

  private static void requireBounds(String pool, List<Host> hosts) {
    int devices = 0;
    for (Host host : hosts) {
      EndpointTable endpoints = host.placed().endpoints();
      for (int i = 0; i < endpoints.size(); i++) {
        devices += endpoints.isType(i) ? 0 : 1;
      }
    }
    if (hosts.size() > MAX_HOSTS || devices > MAX_DEVICES) {
      throw new ImpossibleChangeException(
          "expected pools of at most %d live hosts and %d devices, found %s with %d and %d"
              .formatted(MAX_HOSTS, MAX_DEVICES, Quoted.of(pool), hosts.size(), devices));
    }
  }

  private static RolloutProblem problem(PoolRollout rollout, int keep, RolloutProblem.Ways ways) {
    try {
      return rollout.problem(keep, ways);
    } catch (TooManyProfilesException e) {
      throw new ImpossibleChangeException(e.getMessage() + "; select fewer hosts");
    }
  }

  /** The pairs of a pool, which can be told once all its profiles are there. */
  private static final class LaterPairs implements RolloutProblem.Ways {
    private @Nullable PoolPairs pairs;

    @Override
    public boolean isCompatible(int source, int destination) {
      return pairs().isCompatible(source, destination);
    }

    @Override
    public boolean isPossible(int source, int destination) {
      return !pairs().isIncompatible(source, destination);
    }

    private PoolPairs pairs() {
      if (pairs == null) {
        throw new IllegalStateException("pairs are asked for once all profiles are there");
      }
      return pairs;
    }
  }

  private static List<Host> live(IndexView view, String pool, Predicate<Host> isLive) {
    List<Host> hosts = new ArrayList<>();
    Membership members = view.fleet().pools().get(pool);
    if (members != null) {
      for (OrderedKeys.Walk walk = members.byName().from(0); walk.hasNext(); ) {
        Host host = view.fleet().hostOf(walk.next());
        if (isLive.test(host)) {
          hosts.add(host);
        }
      }
    }
    return hosts;
  }

  private static Wave wave(RolloutStep step, PoolRollout rollout) {
    return new Wave(
        step.hosts().stream().map(host -> rollout.hosts().get(host).name()).sorted().toList(),
        step.moves().stream()
            .map(
                move ->
                    new Move(
                        rollout.devices().get(move.device()).reference(),
                        rollout.hosts().get(move.from()).name(),
                        rollout.endpoint(move.host(), move.place()).reference(),
                        move.mayBeInUse()))
            .toList());
  }

  /** Hosts that the same profile keeps for the same reason are told together. */
  private record Alike(Obstacle obstacle, int profile) {}

  private static Blocked blocked(
      RolloutResult.Blocked found,
      RolloutProblem problem,
      PoolRollout rollout,
      PoolPairs pairs,
      IndexView view) {
    Map<Alike, List<RolloutResult.Block>> alike = new LinkedHashMap<>();
    found
        .blocks()
        .forEach(
            block ->
                alike
                    .computeIfAbsent(
                        new Alike(block.obstacle(), block.profile()), _ -> new ArrayList<>())
                    .add(block));
    List<Block> blocks = new ArrayList<>();
    alike.forEach(
        (key, of) ->
            blocks.add(
                new Block(
                    key.obstacle(),
                    named(names(of, rollout)),
                    named(devices(of, rollout)),
                    view.matrix().fingerprint(key.profile()),
                    reasons(key.profile(), problem, pairs, view))));
    blocks.sort(comparingInt((Block block) -> -block.hosts().total()));
    Set<Integer> done = new HashSet<>();
    found.steps().forEach(step -> done.addAll(step.hosts()));
    List<String> left = new ArrayList<>();
    for (int host = 0; host < problem.hosts().size(); host++) {
      if (problem.hosts().get(host).changes() && !done.contains(host)) {
        left.add(rollout.hosts().get(host).name());
      }
    }
    return new Blocked(found.certain(), found.unknown(), found.last(), named(left), blocks);
  }

  private static List<String> names(List<RolloutResult.Block> blocks, PoolRollout rollout) {
    return blocks.stream().map(block -> rollout.hosts().get(block.host()).name()).sorted().toList();
  }

  private static List<String> devices(List<RolloutResult.Block> blocks, PoolRollout rollout) {
    return blocks.stream()
        .flatMap(block -> block.devices().stream())
        .distinct()
        .map(device -> rollout.devices().get(device))
        .map(IndexedEndpoint::reference)
        .sorted()
        .toList();
  }

  /**
   * The reasons that keep a profile from the like place, as it is or will be, that fewest reasons
   * keep.
   */
  private static List<Reason> reasons(
      int profile, RolloutProblem problem, PoolPairs pairs, IndexView view) {
    Set<Integer> places = new TreeSet<>();
    for (Stop host : problem.hosts()) {
      for (Place place : host.places()) {
        places.add(place.before());
        places.add(place.after());
      }
    }
    Likeness like = likeness(view, profile);
    return places.stream()
        .filter(place -> !pairs.isCompatible(profile, place))
        .filter(place -> like.isLike(likeness(view, place)))
        .map(place -> pairs.verdict(profile, place).reasons())
        .min(comparingInt(List::size))
        .orElse(List.of());
  }

  private static Likeness likeness(IndexView view, int slot) {
    ProfileEntry entry = view.matrix().profile(slot);
    return entry == null ? Likeness.NONE : Likeness.of(entry.profile());
  }
}
