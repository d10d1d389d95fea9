package io.fleetcompat.query.rollout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The moment before the last host is changed, whichever order led there: all devices are on hosts
 * that have changed or need not. A device that could be on none of these, whatever room they have,
 * proves that this host is not the last one. One thread.
 */
final class LastHost {

  private final IndexedProblem problem;
  private final KeptHosts kept;

  /** By profile of a place: the hosts that have such a place once all have changed. */
  private final BitSet[] after;

  /** By profile of a device: the hosts that would take it then. */
  private final @Nullable BitSet[] takers;

  /** The profile that a device may come to have at a place of a profile. */
  private final Map<Integer, BitSet> instances = new HashMap<>();

  /**
   * Of the devices of hosts that change, the first that wants the same; but for those that have a
   * home whichever host is the last one.
   */
  private final Map<Wanted, Integer> firstOf = new LinkedHashMap<>();

  private final Map<Wanted, Homes> homes = new HashMap<>();

  /**
   * The devices of other hosts, one of those that want the same on one host; but for those that can
   * go to enough hosts whichever is the last one.
   */
  private final List<Integer> staying = new ArrayList<>();

  /** All that the places of a device depend on. */
  private record Wanted(int profile, int required) {}

  /** All that the hosts that a device could go to depend on, where it stays on its host. */
  private record Staying(int profile, int required, int host) {}

  /** A place of a host from where a device with a profile must be able to go on. */
  private record Home(int host, int instance) {}

  /**
   * The places that a device may have before the last host is changed.
   *
   * @param sure two hosts, if there are so many, from which it could go on to enough, whichever
   *     host is the last one
   * @param others from which it could where the last host is none of the hosts that it needs
   */
  private record Homes(BitSet sure, List<Home> others) {}

  LastHost(IndexedProblem problem, KeptHosts kept) {
    this.problem = problem;
    this.kept = kept;
    after = new BitSet[problem.profiles()];
    takers = new BitSet[problem.profiles()];
    for (int profile = 0; profile < after.length; profile++) {
      after[profile] = new BitSet();
    }
    for (int place = 0; place < problem.places(); place++) {
      after[problem.profileOfPlace(place, true)].set(problem.hostOfPlace(place));
      for (boolean changed : new boolean[] {false, true}) {
        instances
            .computeIfAbsent(problem.profileOfPlace(place, changed), _ -> new BitSet())
            .set(problem.instance(place, changed));
      }
    }
    Set<Staying> seen = new HashSet<>();
    for (int device = 0; device < problem.devices(); device++) {
      if (problem.placeOfDevice(device) == RolloutProblem.NONE) {
        int profile = problem.profileOfDevice(device);
        int host = problem.hostOfDevice(device);
        if (problem.changing().get(host)) {
          firstOf.putIfAbsent(new Wanted(profile, kept.required(device)), device);
        } else if (others(profile, host) <= kept.required(device)
            && seen.add(new Staying(profile, kept.required(device), host))) {
          staying.add(device);
        }
      }
    }
    firstOf.keySet().removeIf(wanted -> homes(wanted).sure().cardinality() > 1);
  }

  /**
   * The first device that could be nowhere if that host were the last one; empty where there is
   * none. One that may be unused proves nothing.
   */
  Optional<Integer> homeless(int last) {
    Optional<Integer> moving =
        firstOf.entrySet().stream()
            .filter(each -> !hasHome(each.getKey(), last))
            .map(Map.Entry::getValue)
            .min(Integer::compare);
    for (int device : staying) {
      if (moving.isPresent() && moving.get() < device) {
        return moving;
      }
      int others = others(problem.profileOfDevice(device), problem.hostOfDevice(device));
      BitSet hosts = takers(problem.profileOfDevice(device));
      if (others - (hosts.get(last) ? 1 : 0) < kept.required(device)) {
        return Optional.of(device);
      }
    }
    return moving;
  }

  /** Devices of which each host that any proves not to be the last one is proved by one. */
  List<Integer> witnesses() {
    List<Integer> found = new ArrayList<>(firstOf.values());
    found.addAll(staying);
    found.sort(Comparator.naturalOrder());
    return found;
  }

  /** Those of some hosts that a device proves not to be the last one. */
  BitSet notLast(int device, BitSet hosts) {
    int profile = problem.profileOfDevice(device);
    Wanted wanted = new Wanted(profile, kept.required(device));
    boolean isMoving = problem.changing().get(problem.hostOfDevice(device));
    int others = others(profile, problem.hostOfDevice(device));
    BitSet found = new BitSet();
    for (int last = hosts.nextSetBit(0); last >= 0; last = hosts.nextSetBit(last + 1)) {
      boolean finds =
          isMoving
              ? hasHome(wanted, last)
              : others - (takers(profile).get(last) ? 1 : 0) >= kept.required(device);
      found.set(last, !finds);
    }
    return found;
  }

  private boolean hasHome(Wanted wanted, int last) {
    Homes of = homes(wanted);
    int sure = of.sure().cardinality() - (of.sure().get(last) ? 1 : 0);
    return sure > 0
        || of.others().stream()
            .anyMatch(home -> home.host() != last && !takers(home.instance()).get(last));
  }

  private Homes homes(Wanted wanted) {
    return homes.computeIfAbsent(wanted, this::find);
  }

  private Homes find(Wanted wanted) {
    BitSet sure = new BitSet();
    List<Home> others = new ArrayList<>();
    BitSet wishes = new BitSet();
    becomes(wanted.profile()).forEach(profile -> wishes.or(problem.destinations(profile)));
    for (int place = 0; place < problem.places() && sure.cardinality() < 2; place++) {
      if (wishes.get(problem.profileOfPlace(place, true))) {
        int host = problem.hostOfPlace(place);
        int instance = problem.instance(place, true);
        int count = others(instance, host);
        if (count > wanted.required()) {
          sure.set(host);
        } else if (count == wanted.required()) {
          others.add(new Home(host, instance));
        }
      }
    }
    return new Homes(sure, others);
  }

  /** All profiles that a device may come to have by going from place to place. */
  private List<Integer> becomes(int profile) {
    BitSet found = new BitSet();
    found.set(profile);
    Deque<Integer> waiting = new ArrayDeque<>();
    waiting.add(profile);
    while (!waiting.isEmpty()) {
      BitSet to = problem.destinations(waiting.remove());
      for (int place = to.nextSetBit(0); place >= 0; place = to.nextSetBit(place + 1)) {
        BitSet there = new BitSet();
        there.or(instances.getOrDefault(place, new BitSet()));
        there.andNot(found);
        found.or(there);
        there.stream().forEach(waiting::add);
      }
    }
    return found.stream().boxed().toList();
  }

  /** The hosts that would take a device once all have changed. */
  private BitSet takers(int profile) {
    BitSet hosts = takers[profile];
    if (hosts == null) {
      BitSet all = new BitSet();
      problem.destinations(profile).stream().forEach(place -> all.or(after[place]));
      takers[profile] = all;
      return all;
    }
    return hosts;
  }

  private int others(int profile, int own) {
    BitSet hosts = takers(profile);
    return hosts.cardinality() - (hosts.get(own) ? 1 : 0);
  }
}
