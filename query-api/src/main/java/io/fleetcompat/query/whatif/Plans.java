package io.fleetcompat.query.whatif;

import static java.util.stream.Collectors.toSet;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.lookup.Deadline;
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
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.query.rollout.RolloutProblem;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import io.fleetcompat.query.rollout.RolloutResult;
import io.fleetcompat.query.rollout.RolloutSearch;
import io.fleetcompat.query.rollout.RolloutStep;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.PlanResult.Move;
import io.fleetcompat.query.whatif.PlanResult.PoolPlan;
import io.fleetcompat.query.whatif.PlanResult.Wave;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answerer of "in which order?": hosts of a pool are emptied, changed and used again, some at a
 * time ({@link RolloutSearch}). Any thread; nothing that it makes outlives the answer.
 */
public final class Plans {

  /** Most live hosts of a pool for which an order is searched. */
  static final int MAX_HOSTS = 10_000;

  /** Most devices of a pool. */
  static final int MAX_DEVICES = 160_000;

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
    return new PlanResult(Selected.of(fleet.selected(), isLive), plans);
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
        Selected.named(
            below.stream().map(device -> rollout.devices().get(device).reference()).toList()),
        found.steps().stream().map(step -> wave(step, rollout)).toList(),
        found instanceof RolloutResult.Blocked blocked
            ? Optional.of(BlockedPlan.of(blocked, problem, rollout, pairs, all))
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
}
