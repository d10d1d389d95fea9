package io.fleetcompat.query.rollout;

import io.fleetcompat.query.evacuation.PlaceProblem;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.evacuation.PlaceSearch;
import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.RolloutResult.Blocked;
import io.fleetcompat.query.rollout.RolloutResult.Found;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutStep.Move;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The search for an order in which hosts can be changed: each is emptied first, and at every moment
 * each device that can go to enough other hosts now can go to as many.
 *
 * <p>It goes forward: as many hosts at once as can be emptied together, those with the fewest
 * devices first; their devices take the cheapest places that are left, on hosts that need not be
 * emptied any more where there are such. Where that does not do for a single host, a flow of least
 * cost decides ({@link PlaceSearch}). What keeps hosts from being emptied only grows with the hosts
 * that are out together, so the greatest number is found by halving. Where that ends before the
 * last host, one host at a time is tried in every order, each with three choices of places, up to a
 * bound. One use, one thread.
 *
 * <p>That there is no order is certain where no host can be the first one, or none can be the last
 * one: both are told by conditions that hold whatever goes before, with all that is unknown turning
 * out well. Otherwise other places than those that the flow gave might lead further.
 */
public final class RolloutSearch {

  /** Most states that are looked at, one host at a time. */
  static final int MAX_STATES = 2000;

  /**
   * Most work of looking at states, one host at a time: a trial is as much as the pool has hosts
   * and devices, so that large pools have fewer trials and the answer comes in time all the same.
   */
  static final long MAX_WORK = 2_000_000;

  /** Most devices that are named for one block. */
  static final int MOST_NAMED = 20;

  /** The cost of a place that is not preferred. */
  private static final long COST_OF_OTHERS = 1L << 20;

  /** The cost of a place that may be in use. */
  private static final long COST_OF_DEVICE = 1L << 40;

  private final RolloutProblem problem;
  private final Runnable check;
  private final int[] required;
  private final Set<String> seen = new HashSet<>();
  private List<RolloutStep> furthest = List.of();
  private List<Block> blocks = List.of();
  private int furthestHosts = -1;
  private int states;
  private long work;

  /** The places that devices take first. */
  private enum Preference {
    /** Those on hosts that need not be emptied any more. */
    CHANGED,
    /** Those on hosts that have to be emptied later: the others stay free. */
    UNCHANGED,
    /** Those that may be in use: what has room for certain stays free. */
    IN_USE
  }

  /** The outcome of emptying some hosts together. */
  private sealed interface Outcome {

    record Done(RolloutStep step, RolloutState next) implements Outcome {}

    /**
     * @param certain whether no choice of places would help
     */
    record Not(Block block, boolean certain) implements Outcome {}
  }

  private RolloutSearch(RolloutProblem problem, Runnable check) {
    this(problem, required(problem), check);
  }

  private RolloutSearch(RolloutProblem problem, int[] required, Runnable check) {
    this.problem = problem;
    this.required = required;
    this.check = check;
  }

  /**
   * The number of other hosts to which each device must be able to go: no more than it can go to
   * now.
   */
  private static int[] required(RolloutProblem problem) {
    RolloutState now = new RolloutState(problem);
    int[] required = new int[problem.devices().size()];
    Map<Integer, BitSet> reach = new HashMap<>();
    for (int device = 0; device < required.length; device++) {
      required[device] =
          Math.min(
              problem.keep(),
              others(reach, now, new BitSet(), now.profile(device), now.host(device)));
    }
    return required;
  }

  /**
   * Searches.
   *
   * @param check asked now and then: it throws where time is up
   */
  public static RolloutResult of(RolloutProblem problem, Runnable check) {
    return new RolloutSearch(problem, check).search();
  }

  /** The devices that cannot go to as many hosts as are to be kept even now. */
  public static List<Integer> belowKeep(RolloutProblem problem) {
    int[] required = required(problem);
    return IntStream.range(0, required.length)
        .filter(device -> required[device] < problem.keep())
        .boxed()
        .toList();
  }

  private RolloutResult search() {
    RolloutState first = new RolloutState(problem);
    Optional<List<RolloutStep>> quick = greedy(first.copy());
    if (quick.isPresent()) {
      return new Found(quick.get());
    }
    Optional<Blocked> never = new RolloutSearch(problem.atBest(), required, check).proof();
    if (never.isPresent()) {
      return new Blocked(
          true, false, proven(never.get()), never.get().blocks(), never.get().last());
    }
    Optional<Blocked> unlessMoreIsKnown = proof();
    if (unlessMoreIsKnown.isPresent()) {
      Blocked found = unlessMoreIsKnown.get();
      return new Blocked(false, true, proven(found), found.blocks(), found.last());
    }
    List<RolloutStep> steps = new ArrayList<>();
    return oneByOne(first, steps)
        ? new Found(steps)
        : new Blocked(false, false, furthest, blocks, false);
  }

  /** The proof that there is no order; empty where there is none. */
  private Optional<Blocked> proof() {
    return noFirst(new RolloutState(problem)).or(this::noLast);
  }

  /** As far as an order goes that is proven not to lead to the end. */
  private List<RolloutStep> proven(Blocked proof) {
    return proof.last() ? furthest : List.of();
  }

  /** The hosts that are left, those with the fewest devices first. */
  private List<Integer> left(RolloutState state) {
    int[] devices = new int[problem.hosts().size()];
    for (int device = 0; device < required.length; device++) {
      devices[state.host(device)] += state.counts(device) ? 1 : 0;
    }
    List<Integer> left = new ArrayList<>();
    for (int host = 0; host < devices.length; host++) {
      if (!state.isFinal(host)) {
        left.add(host);
      }
    }
    left.sort(Comparator.comparingInt((Integer host) -> devices[host]).thenComparing(h -> h));
    return left;
  }

  private Optional<List<RolloutStep>> greedy(RolloutState state) {
    List<RolloutStep> steps = new ArrayList<>();
    RolloutState now = state;
    while (true) {
      List<Integer> left = left(now);
      if (left.isEmpty()) {
        return Optional.of(steps);
      }
      List<Block> kept = new ArrayList<>();
      Optional<Outcome.Done> wave = wave(now, left, kept);
      if (wave.isEmpty()) {
        remember(steps, kept);
        return Optional.empty();
      }
      steps.add(wave.get().step());
      now = wave.get().next();
    }
  }

  /**
   * Hosts that are changed at once; empty where none can be emptied. Each host is tried alone only
   * where without that not even half of them are found.
   *
   * @param kept gets what keeps those that cannot, where they were tried
   */
  private Optional<Outcome.Done> wave(RolloutState now, List<Integer> left, List<Block> kept) {
    if (empty(now, left.subList(0, 1)) instanceof Outcome.Done) {
      Outcome.Done most = most(now, left);
      if (2 * most.step().hosts().size() >= left.size()) {
        return Optional.of(most);
      }
    }
    List<Integer> alone = new ArrayList<>();
    for (int host : left) {
      check.run();
      switch (empty(now, List.of(host))) {
        case Outcome.Done _ -> alone.add(host);
        case Outcome.Not(Block block, boolean _) -> kept.add(block);
      }
    }
    return alone.isEmpty() ? Optional.empty() : Optional.of(most(now, alone));
  }

  /** As many of these hosts at once as can be emptied together; the first of them can alone. */
  private Outcome.Done most(RolloutState state, List<Integer> hosts) {
    Outcome.Done best = null;
    int low = 1;
    int high = hosts.size();
    while (low <= high || best == null) {
      int middle = best == null && low > high ? 1 : (low + high) >>> 1;
      check.run();
      if (empty(state, hosts.subList(0, middle)) instanceof Outcome.Done done) {
        best = done;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  private void remember(List<RolloutStep> steps, List<Block> kept) {
    int hosts = steps.stream().mapToInt(step -> step.hosts().size()).sum();
    if (hosts > furthestHosts) {
      furthestHosts = hosts;
      furthest = List.copyOf(steps);
      blocks = List.copyOf(kept);
    }
  }

  /** Every order, one host at a time; each state once. */
  private boolean oneByOne(RolloutState state, List<RolloutStep> steps) {
    List<Integer> left = left(state);
    if (left.isEmpty()) {
      return true;
    }
    if (isSpent() || !seen.add(state.key())) {
      return false;
    }
    states++;
    List<Block> kept = new ArrayList<>();
    boolean any = false;
    for (int host : left) {
      for (Preference preference : Preference.values()) {
        check.run();
        if (isSpent()) {
          return false;
        }
        work += problem.hosts().size() + required.length;
        switch (empty(state, List.of(host), preference)) {
          case Outcome.Done(RolloutStep step, RolloutState next) -> {
            any = true;
            steps.add(step);
            if (oneByOne(next, steps)) {
              return true;
            }
            steps.removeLast();
          }
          case Outcome.Not(Block block, boolean _) -> {
            if (preference == Preference.CHANGED) {
              kept.add(block);
            }
          }
        }
      }
    }
    if (!any) {
      remember(steps, kept);
    }
    return false;
  }

  private boolean isSpent() {
    return states >= MAX_STATES || work >= MAX_WORK;
  }

  private Outcome empty(RolloutState state, List<Integer> hosts) {
    return empty(state, hosts, Preference.CHANGED);
  }

  /** Empties hosts together, and changes them. */
  private Outcome empty(RolloutState state, List<Integer> hosts, Preference preference) {
    BitSet out = new BitSet();
    hosts.forEach(out::set);
    Map<Integer, BitSet> reach = new HashMap<>();
    Optional<Outcome.Not> others = keptFrom(reach, state, out, hosts.getFirst());
    if (others.isPresent()) {
      return others.get();
    }
    List<Integer> leaving = new ArrayList<>();
    for (int device = 0; device < required.length; device++) {
      if (state.counts(device) && out.get(state.host(device))) {
        leaving.add(device);
      }
    }
    Wishes wishes = new Wishes(state, out, reach, preference);
    List<List<Wish>> wanted = new ArrayList<>();
    for (int device : leaving) {
      List<Wish> of = wishes.of(device);
      if (of.isEmpty()) {
        return new Outcome.Not(
            block(state.host(device), wishes.obstacle(device), List.of(device), state), true);
      }
      wanted.add(of);
    }
    PlaceProblem places = new PlaceProblem(wishes.places, wanted);
    int[] chosen = FirstFit.of(places);
    if (chosen.length < leaving.size()) {
      if (hosts.size() > 1) {
        return new Outcome.Not(
            block(hosts.getFirst(), Obstacle.COMPETES, leaving.subList(0, 1), state), false);
      }
      PlaceSearch.Result found = PlaceSearch.of(places, check);
      if (found.placed() < leaving.size()) {
        return new Outcome.Not(
            competing(found, leaving, hosts, state), found.atMost() < leaving.size());
      }
      chosen = found.chosen();
    }
    RolloutState next = state.copy();
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < leaving.size(); i++) {
      Wishes.At at = wishes.at.get(chosen[i]);
      int device = leaving.get(i);
      Move move =
          new Move(
              device,
              state.host(device),
              state.profile(device),
              at.host(),
              at.place(),
              state.mayBeInUse(at.host(), at.place()));
      moves.add(move);
      next.move(move);
    }
    Optional<Outcome.Not> after = keptFrom(new HashMap<>(), next, out, hosts.getFirst());
    if (after.isPresent()) {
      return new Outcome.Not(after.get().block(), false);
    }
    hosts.forEach(next::change);
    return new Outcome.Done(new RolloutStep(hosts, moves), next);
  }

  /**
   * The first device that stays and could not go to as many hosts as are to be kept. Of a device
   * that would itself be moved with more hosts at once that proves nothing, where more than one
   * host is to be kept: from its new place it might reach more.
   */
  private Optional<Outcome.Not> keptFrom(
      Map<Integer, BitSet> reach, RolloutState state, BitSet out, int host) {
    Optional<Outcome.Not> doubtful = Optional.empty();
    for (int device = 0; device < required.length; device++) {
      int at = state.host(device);
      if (state.counts(device)
          && !out.get(at)
          && others(reach, state, out, state.profile(device), at) < required[device]) {
        boolean certain = problem.keep() <= 1 || !problem.hosts().get(at).changes();
        Outcome.Not found =
            new Outcome.Not(block(host, Obstacle.OTHERS_KEPT, List.of(device), state), certain);
        if (certain) {
          return Optional.of(found);
        }
        doubtful = doubtful.isPresent() ? doubtful : Optional.of(found);
      }
    }
    return doubtful;
  }

  /** The number of hosts but its own that a device of a profile can go to. */
  private static int others(
      Map<Integer, BitSet> reach, RolloutState state, BitSet out, int profile, int own) {
    BitSet hosts = reach.computeIfAbsent(profile, of -> state.hosts(of, out));
    return hosts.cardinality() - (hosts.get(own) ? 1 : 0);
  }

  private static Block block(
      int host, Obstacle obstacle, List<Integer> devices, RolloutState state) {
    return new Block(host, obstacle, devices, state.profile(devices.getFirst()));
  }

  private static Block competing(
      PlaceSearch.Result found, List<Integer> leaving, List<Integer> hosts, RolloutState state) {
    List<Integer> devices = new ArrayList<>();
    found
        .shortage()
        .ifPresent(
            shortage -> shortage.devices().stream().mapToObj(leaving::get).forEach(devices::add));
    for (int i = 0; devices.isEmpty() && i < leaving.size(); i++) {
      if (found.chosen()[i] == PlaceSearch.NOWHERE) {
        devices.add(leaving.get(i));
      }
    }
    return block(
        hosts.getFirst(), Obstacle.COMPETES, devices.stream().limit(MOST_NAMED).toList(), state);
  }

  /** The places that devices of hosts that are out may take. */
  private final class Wishes {
    private final Preference preference;
    private final RolloutState state;
    private final BitSet out;
    private final Map<Integer, BitSet> reach;
    private final List<PlaceProblem.Place> places = new ArrayList<>();
    private final List<At> at = new ArrayList<>();
    private final Map<Integer, Integer> cards = new HashMap<>();
    private final Map<Wanted, List<Wish>> known = new HashMap<>();

    /** A place of a host. */
    private record At(int host, int place) {}

    /** All that the wishes of a device depend on. */
    private record Wanted(int profile, int required) {}

    Wishes(RolloutState state, BitSet out, Map<Integer, BitSet> reach, Preference preference) {
      this.preference = preference;
      this.state = state;
      this.out = out;
      this.reach = reach;
      for (int host = 0; host < problem.hosts().size(); host++) {
        int count = out.get(host) ? 0 : problem.hosts().get(host).places().size();
        for (int place = 0; place < count; place++) {
          int room = state.room(host, place);
          if (room > 0) {
            at.add(new At(host, place));
            int card = problem.hosts().get(host).places().get(place).card();
            places.add(
                new PlaceProblem.Place(room, cards.computeIfAbsent(card, _ -> cards.size())));
          }
        }
      }
    }

    List<Wish> of(int device) {
      return known.computeIfAbsent(new Wanted(state.profile(device), required[device]), this::find);
    }

    private List<Wish> find(Wanted wanted) {
      List<Wish> wishes = new ArrayList<>();
      for (int i = 0; i < at.size(); i++) {
        At to = at.get(i);
        if (goes(wanted.profile(), to)
            && others(reach, state, out, state.instance(to.host(), to.place()), to.host())
                >= wanted.required()) {
          wishes.add(new Wish(i, i + cost(to)));
        }
      }
      return wishes;
    }

    private long cost(At to) {
      boolean preferred =
          switch (preference) {
            case CHANGED -> state.isFinal(to.host());
            case UNCHANGED -> !state.isFinal(to.host());
            case IN_USE -> state.mayBeInUse(to.host(), to.place());
          };
      boolean mayBeInUse =
          preference != Preference.IN_USE && state.mayBeInUse(to.host(), to.place());
      return (preferred ? 0 : COST_OF_OTHERS) + (mayBeInUse ? COST_OF_DEVICE : 0);
    }

    private boolean goes(int profile, At to) {
      return problem.ways().isCompatible(profile, state.placeProfile(to.host(), to.place()));
    }

    /** The reason why a device has no wish. */
    Obstacle obstacle(int device) {
      int profile = state.profile(device);
      if (at.stream().anyMatch(to -> goes(profile, to))) {
        return Obstacle.TOO_FEW_KEPT;
      }
      for (int host = 0; host < problem.hosts().size(); host++) {
        int count = out.get(host) ? 0 : problem.hosts().get(host).places().size();
        for (int place = 0; place < count; place++) {
          if (goes(profile, new At(host, place))) {
            return Obstacle.NO_ROOM;
          }
        }
      }
      return Obstacle.NO_DESTINATION;
    }
  }

  /** The proof that no host can be the first one; empty where there is none. */
  private Optional<Blocked> noFirst(RolloutState first) {
    List<Block> kept = new ArrayList<>();
    for (int host : left(first)) {
      if (!(empty(first, List.of(host)) instanceof Outcome.Not(Block block, boolean certain))
          || !certain) {
        return Optional.empty();
      }
      kept.add(block);
    }
    return Optional.of(new Blocked(true, false, List.of(), kept, false));
  }

  /** The proof that no host can be the last one; empty where there is none. */
  private Optional<Blocked> noLast() {
    LastHost last = new LastHost(problem, required);
    RolloutState now = new RolloutState(problem);
    List<Block> kept = new ArrayList<>();
    for (int host : left(now)) {
      check.run();
      Optional<Integer> homeless = last.homeless(host);
      if (homeless.isEmpty()) {
        return Optional.empty();
      }
      kept.add(block(host, Obstacle.TOO_FEW_KEPT, List.of(homeless.get()), now));
    }
    return Optional.of(new Blocked(true, false, furthest, kept, true));
  }
}
