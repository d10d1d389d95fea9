package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.profile.Likeness;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * The assessment of a pool's health. Its cost depends on how many profiles the pool has, and not on
 * how many hosts. One use, one thread.
 */
public final class PoolAssessment {

  /** Most stranded profiles whose reasons are looked at: those with most endpoints. */
  static final int MAX_EXPLAINED = 100;

  /** Most reasons that are told. */
  static final int MAX_BLOCKERS = 20;

  private static final Comparator<StrandedProfile> MOST_FIRST =
      Comparator.<StrandedProfile>comparingInt(s -> -s.endpoints().devices())
          .thenComparingInt(s -> -s.endpoints().types())
          .thenComparing(StrandedProfile::profile);

  private final PoolContents contents;
  private final PoolVerdicts verdicts;
  private final BitSet slots;
  private final BitSet notKnown;
  private final Map<Likeness, BitSet> likeBy = new HashMap<>();
  private final Map<Likeness, List<Integer>> rankedBy = new HashMap<>();
  private final List<Found> stranded = new ArrayList<>();
  private EndpointCounts all = EndpointCounts.NONE;
  private EndpointCounts immovable = EndpointCounts.NONE;
  private EndpointCounts unknown = EndpointCounts.NONE;
  private EndpointCounts full = EndpointCounts.NONE;

  /** A profile with stranded endpoints, as it is told and as it is looked at. */
  private record Found(StrandedProfile told, StrandedEndpoints endpoints) {}

  private PoolAssessment(PoolContents contents, PoolVerdicts verdicts) {
    this.contents = contents;
    this.verdicts = verdicts;
    this.slots = contents.slots();
    this.notKnown = contents.unknownSlots();
  }

  public static PoolHealth of(PoolContents contents, PoolVerdicts verdicts) {
    PoolAssessment assessment = new PoolAssessment(contents, verdicts);
    assessment.slots.stream().forEach(assessment::assess);
    return assessment.health();
  }

  private void assess(int slot) {
    all = all.plus(contents.endpoints(slot));
    BitSet compatible = verdicts.compatible(slot);
    HostCount reach = together(compatible, contents::hosts);
    EndpointCounts here = EndpointCounts.NONE;
    if (!reach.isSeveral()) {
      StrandedEndpoints those = new StrandedEndpoints(contents, slot, reach.single());
      here = those.counts();
      if (!here.isNone()) {
        strand(slot, those);
      }
    }
    HostCount room = together(compatible, contents::hostsWithRoom);
    full = full.plus(withoutRoom(slot, room, contents.endpoints(slot).minus(here)));
  }

  private void strand(int slot, StrandedEndpoints those) {
    EndpointCounts cannot = those.counts();
    EndpointCounts doubt = cannot;
    boolean alone = false;
    if (!notKnown.get(slot)) {
      BitSet like = like(contents.likeness(slot));
      BitSet doubtful = (BitSet) like.clone();
      doubtful.and(verdicts.unknown(slot));
      doubtful.or(notKnown);
      doubt = those.withOther(together(doubtful, contents::hosts));
      alone = notKnown.isEmpty() && !together(like, contents::hosts).isSeveral();
    }
    immovable = immovable.plus(cannot);
    unknown = unknown.plus(doubt);
    StrandedProfile told =
        new StrandedProfile(contents.profile(slot), cannot, those.onlyHost(), doubt, alone);
    stranded.add(new Found(told, those));
  }

  /** Those of the movable endpoints for which no other host has room. */
  private EndpointCounts withoutRoom(int slot, HostCount room, EndpointCounts movable) {
    if (room.isSeveral() || movable.isNone()) {
      return EndpointCounts.NONE;
    }
    if (room.isNone()) {
      return movable;
    }
    // Where it is the only destination at all, the endpoints on it are stranded and not movable.
    EndpointCounts there = contents.endpointsOn(slot, room.only());
    boolean stranded = !movable.equals(contents.endpoints(slot));
    return stranded ? EndpointCounts.NONE : there;
  }

  /** The profiles that are like that; many have the same. */
  private BitSet like(Likeness wanted) {
    return likeBy.computeIfAbsent(
        wanted,
        _ -> {
          BitSet like = new BitSet();
          slots.stream().filter(slot -> wanted.isLike(contents.likeness(slot))).forEach(like::set);
          return like;
        });
  }

  /** The same profiles, those that most hosts have first. */
  private List<Integer> ranked(Likeness wanted) {
    return rankedBy.computeIfAbsent(
        wanted,
        _ ->
            like(wanted).stream()
                .boxed()
                .sorted(
                    Comparator.<Integer>comparingInt(slot -> -contents.hosts(slot).hosts())
                        .thenComparing(contents::profile))
                .toList());
  }

  /** The hosts of some of the pool's profiles together. */
  private HostCount together(BitSet some, IntFunction<HostCount> hosts) {
    HostCount union = HostCount.NONE;
    for (int slot = some.nextSetBit(0);
        slot >= 0 && !union.isSeveral();
        slot = some.nextSetBit(slot + 1)) {
      if (slots.get(slot)) {
        union = union.or(hosts.apply(slot));
      }
    }
    return union;
  }

  private PoolHealth health() {
    stranded.sort(Comparator.comparing(Found::told, MOST_FIRST));
    BlockerRanking blockers = new BlockerRanking(contents, verdicts, this::ranked);
    stranded.stream()
        .filter(found -> !notKnown.get(found.endpoints.slot()))
        .limit(MAX_EXPLAINED)
        .forEach(found -> blockers.add(found.endpoints));
    return new PoolHealth(
        movability(EndpointCounts::devices),
        movability(EndpointCounts::types),
        oneWayPairs(),
        families(),
        stranded.stream().map(Found::told).toList(),
        blockers.ranked(MAX_BLOCKERS),
        Math.max(0, blockers.count() - MAX_BLOCKERS),
        Math.max(0, stranded.size() - MAX_EXPLAINED));
  }

  private Movability movability(ToIntFunction<EndpointCounts> of) {
    int endpoints = of.applyAsInt(all);
    int cannot = of.applyAsInt(immovable);
    return new Movability(
        endpoints, endpoints - cannot, cannot, of.applyAsInt(unknown), of.applyAsInt(full));
  }

  private long oneWayPairs() {
    return slots.stream().mapToLong(this::onlyFrom).sum();
  }

  /** The profiles that a profile can go to, and not come back from. */
  private long onlyFrom(int source) {
    return verdicts.compatible(source).stream()
        .filter(slots::get)
        .filter(destination -> !verdicts.compatible(destination).get(source))
        .filter(destination -> areApart(source, destination))
        .count();
  }

  /** True where they are on different hosts, at least in part. */
  private boolean areApart(int source, int destination) {
    return contents.hosts(source).or(contents.hosts(destination)).isSeveral();
  }

  private List<Family> families() {
    TreeMap<Family.Key, List<Integer>> members = new TreeMap<>();
    slots.stream()
        .forEach(
            slot ->
                Family.Key.of(contents.likeness(slot))
                    .ifPresent(
                        key -> members.computeIfAbsent(key, _ -> new ArrayList<>()).add(slot)));
    int[] groups = StrongGroups.of(slots, verdicts::compatible);
    int[] atLeast = StrongGroups.of(slots, this::compatibleOrUnknown);
    List<Family> families = new ArrayList<>();
    members.forEach(
        (key, of) ->
            families.add(
                new Family(
                    key,
                    of.size(),
                    StrongGroups.count(groups, of),
                    StrongGroups.count(atLeast, of))));
    return families;
  }

  private BitSet compatibleOrUnknown(int source) {
    BitSet both = (BitSet) verdicts.compatible(source).clone();
    both.or(verdicts.unknown(source));
    return both;
  }
}
