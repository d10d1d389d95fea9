package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.query.lookup.PairVerdicts.Judged;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All profiles as destinations of one source profile: those that will do, best first, and why the
 * others will not.
 *
 * @param groups in order of outcome and rank; UNKNOWN ones, too
 * @param excluded rule id to the slots of the profiles that fail it
 * @param unknown likewise, for those that are UNKNOWN
 */
record SourceRanking(
    IndexView view,
    List<Group> groups,
    SortedMap<String, List<Integer>> excluded,
    SortedMap<String, List<Integer>> unknown) {

  /** Where a group stands among the others. Profiles that are not indexed have no rank. */
  record Standing(Outcome outcome, Optional<Rank> rank) implements Comparable<Standing> {
    @Override
    public int compareTo(Standing other) {
      int byOutcome = outcome.compareTo(other.outcome);
      if (byOutcome != 0) {
        return byOutcome;
      }
      if (rank.isEmpty() || other.rank.isEmpty()) {
        return Boolean.compare(rank.isEmpty(), other.rank.isEmpty());
      }
      return rank.get().compareTo(other.rank.get());
    }
  }

  /** Profiles that are equally good. */
  record Group(Standing standing, List<Integer> slots) {
    Group {
      slots = List.copyOf(slots);
    }
  }

  static SourceRanking of(IndexView view, int source, PairVerdicts verdicts) {
    TreeMap<Standing, List<Integer>> standings = new TreeMap<>();
    TreeMap<String, List<Integer>> excluded = new TreeMap<>();
    TreeMap<String, List<Integer>> unknown = new TreeMap<>();
    for (int slot = 0; slot < view.slots(); slot++) {
      Judged judged = verdicts.judge(view, source, slot);
      Outcome outcome = judged.verdict().outcome();
      if (outcome != Outcome.INCOMPATIBLE) {
        Standing standing = new Standing(outcome, judged.rank());
        standings.computeIfAbsent(standing, s -> new ArrayList<>()).add(slot);
      }
      addRules(judged, slot, outcome == Outcome.INCOMPATIBLE ? excluded : unknown);
    }
    List<Group> groups =
        standings.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList();
    return new SourceRanking(view, groups, excluded, unknown);
  }

  private static void addRules(Judged judged, int slot, Map<String, List<Integer>> slots) {
    judged.verdict().reasons().stream()
        .map(Reason::rule)
        .distinct()
        .forEach(rule -> slots.computeIfAbsent(rule, r -> new ArrayList<>()).add(slot));
  }
}
