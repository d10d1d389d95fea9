package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Likeness;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The reasons that keep a pool's stranded endpoints from destinations of their kind, vendor and
 * type, ranked by how many endpoints each would free. One use, one thread.
 */
final class BlockerRanking {

  /** Most destinations that one stranded profile is looked at with: those that most hosts have. */
  static final int MAX_DESTINATIONS = 100;

  private static final Comparator<Gathered> MOST_FIRST =
      Comparator.<Gathered>comparingInt(of -> -of.frees.devices())
          .thenComparingInt(of -> -of.frees.types())
          .thenComparingInt(of -> -of.strands.devices())
          .thenComparingInt(of -> -of.strands.types());

  private final PoolContents contents;
  private final PoolVerdicts verdicts;
  private final Function<Likeness, List<Integer>> like;
  private final Map<Blocker.Key, Gathered> gathered = new TreeMap<>();

  /** The findings about one reason. */
  private static final class Gathered {
    private final Reason reason;
    private final BitSet sources = new BitSet();
    private final Set<Integer> sourceHosts = new HashSet<>();
    private final BitSet destinations = new BitSet();
    private EndpointCounts frees = EndpointCounts.NONE;
    private EndpointCounts strands = EndpointCounts.NONE;

    Gathered(Reason reason) {
      this.reason = reason;
    }
  }

  /**
   * @param like the profiles of the pool that are like one, those that most hosts have first
   */
  BlockerRanking(
      PoolContents contents, PoolVerdicts verdicts, Function<Likeness, List<Integer>> like) {
    this.contents = contents;
    this.verdicts = verdicts;
    this.like = like;
  }

  void add(StrandedEndpoints stranded) {
    Map<Obstacles, BitSet> kept = kept(stranded);
    int fewest = kept.keySet().stream().mapToInt(Obstacles::count).min().orElse(0);
    Map<Blocker.Key, HostCount> alone = new HashMap<>();
    Map<Blocker.Key, HostCount> nearest = new HashMap<>();
    kept.forEach(
        (obstacles, destinations) -> {
          if (obstacles.count() == fewest) {
            HostCount hosts = hosts(destinations);
            obstacles.forEach(
                (key, reason) -> {
                  if (fewest == 1) {
                    alone.merge(key, hosts, HostCount::or);
                  }
                  nearest.merge(key, hosts, HostCount::or);
                  note(key, reason, stranded, destinations);
                });
          }
        });
    nearest.forEach(
        (key, hosts) ->
            gathered.computeIfPresent(
                key,
                (_, of) -> {
                  HostCount freeing = alone.getOrDefault(key, HostCount.NONE);
                  of.frees = of.frees.plus(stranded.withOther(freeing));
                  of.strands = of.strands.plus(stranded.withOther(hosts));
                  return of;
                }));
  }

  private void note(
      Blocker.Key key, Reason reason, StrandedEndpoints stranded, BitSet destinations) {
    Gathered of = gathered.computeIfAbsent(key, _ -> new Gathered(reason));
    of.destinations.or(destinations);
    stranded.onlyHost().ifPresentOrElse(of.sourceHosts::add, () -> of.sources.set(stranded.slot()));
  }

  private HostCount hosts(BitSet destinations) {
    return destinations.stream().mapToObj(contents::hosts).reduce(HostCount.NONE, HostCount::or);
  }

  /**
   * The destinations of its kind, vendor and type on other hosts, by what keeps it from them; in
   * the order of the first destination of each.
   */
  private Map<Obstacles, BitSet> kept(StrandedEndpoints stranded) {
    Map<Obstacles, BitSet> kept = new LinkedHashMap<>();
    like.apply(contents.likeness(stranded.slot())).stream()
        .filter(slot -> !stranded.withOther(contents.hosts(slot)).isNone())
        .limit(MAX_DESTINATIONS)
        .forEach(
            slot ->
                kept.computeIfAbsent(verdicts.obstacles(stranded.slot(), slot), _ -> new BitSet())
                    .set(slot));
    kept.keySet().removeIf(obstacles -> obstacles.count() == 0);
    return kept;
  }

  /** The number of different reasons. */
  int count() {
    return gathered.size();
  }

  /** Those that free most, the one that frees most first. */
  List<Blocker> ranked(int most) {
    return gathered.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(MOST_FIRST)) // of equal ones in order of their keys
        .limit(most)
        .map(each -> blocker(each.getValue()))
        .toList();
  }

  private Blocker blocker(Gathered of) {
    return new Blocker(
        of.reason,
        of.frees,
        of.strands,
        contents.countHosts(of.sources, of.sourceHosts),
        contents.countHosts(of.destinations, Set.of()));
  }
}
