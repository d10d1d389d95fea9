package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.PairVerdicts.Judged;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * All profiles as destinations of one source profile: those that will do, best first, and why the
 * others will not. Any thread.
 */
final class SourceRanking {

  /** The approximate memory that a ranking takes besides its slots and tallies, in bytes. */
  private static final int OVERHEAD = 1024;

  /** The approximate memory that a tally takes, in bytes. */
  private static final int TALLY = 512;

  /** The stand-in for a group, for profiles that are in none. */
  static final int NO_GROUP = -1;

  private final WeakReference<MatrixImage> matrix; // the past must not stay alive, nor be weighed
  private final List<Group> groups;
  private final List<Group> compatible;
  private final int[] groupBySlot;
  private final Map<RuleId, int[]> excluded;
  private final Map<RuleId, int[]> unknown;
  private final int[] unlike;
  private final Tallies tallies = new Tallies();

  private SourceRanking(
      MatrixImage matrix,
      List<Group> groups,
      Map<RuleId, int[]> excluded,
      Map<RuleId, int[]> unknown,
      int[] unlike) {
    this.unlike = unlike;
    this.matrix = new WeakReference<>(matrix);
    this.groups = groups;
    this.compatible =
        groups.stream().filter(g -> g.standing().outcome() == Outcome.COMPATIBLE).toList();
    this.groupBySlot = groupBySlot(groups, matrix.slots());
    this.excluded = excluded;
    this.unknown = unknown;
  }

  private static int[] groupBySlot(List<Group> groups, int slots) {
    int[] numbers = new int[slots];
    Arrays.fill(numbers, NO_GROUP);
    for (int number = 0; number < groups.size(); number++) {
      for (int slot : groups.get(number).slots()) {
        numbers[slot] = number;
      }
    }
    return numbers;
  }

  /** True where the ranking was made of the matrix that the view has. */
  boolean isOf(IndexView view) {
    return matrix.refersTo(view.matrix());
  }

  /** The groups in order of outcome and rank; UNKNOWN ones, too. */
  List<Group> groups() {
    return groups;
  }

  /** Those that are COMPATIBLE. */
  List<Group> compatible() {
    return compatible;
  }

  /** Those with an outcome that the question asks for. */
  List<Group> groups(DestinationsQuestion question) {
    return question.withUnknown() ? groups : compatible;
  }

  /**
   * The number of the group of the profile in a slot, less for a better one; {@link #NO_GROUP}
   * where it is no candidate.
   */
  int group(int slot) {
    return groupBySlot[slot];
  }

  /** The outcome for the profile in a slot. */
  Outcome outcome(int slot) {
    int group = groupBySlot[slot];
    if (group == NO_GROUP) {
      return Outcome.INCOMPATIBLE;
    }
    return group < compatible.size() ? Outcome.COMPATIBLE : Outcome.UNKNOWN;
  }

  /** The slots of the profiles that fail a rule, by rule. */
  Map<RuleId, int[]> excluded() {
    return excluded;
  }

  /** Likewise, for those that are UNKNOWN. */
  Map<RuleId, int[]> unknown() {
    return unknown;
  }

  /**
   * The slots of the profiles that are UNKNOWN and not known to be of the source's kind, vendor and
   * type: they are no candidates, whatever is asked for.
   */
  int[] unlike() {
    return unlike;
  }

  /** The counts for a question, kept for those that count the same. */
  Tally tally(IndexView view, DestinationsQuestion question, RoaringBitmap silentHosts) {
    Optional<Tally> known = tallies.find(question, silentHosts);
    if (known.isPresent()) {
      return known.get();
    }
    Tally tally = Tally.of(view, this, question, silentHosts);
    tallies.keep(tally, silentHosts);
    return tally;
  }

  /** The approximate memory that the ranking takes, in bytes. */
  int weight() {
    int slots = groupBySlot.length;
    slots += groups.stream().mapToInt(group -> group.slots().length).sum();
    slots += excluded.values().stream().mapToInt(those -> those.length).sum();
    slots += unknown.values().stream().mapToInt(those -> those.length).sum();
    slots += unlike.length;
    return OVERHEAD + TALLY * Tallies.MAX_KEPT + Integer.BYTES * slots;
  }

  /** The place of a group among the others. Profiles that are not indexed have no rank. */
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
  @SuppressWarnings("ArrayRecordComponent") // never changed
  record Group(Standing standing, int[] slots) {}

  static SourceRanking of(IndexView view, int source, PairVerdicts<?> verdicts, Deadline deadline) {
    TreeMap<Standing, List<Integer>> standings = new TreeMap<>();
    Map<RuleId, List<Integer>> excluded = new HashMap<>();
    Map<RuleId, List<Integer>> unknown = new HashMap<>();
    List<Integer> unlike = new ArrayList<>();
    CandidateFilter filter = new CandidateFilter(view, source);
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      if (view.matrix().profile(slot)
          == null) { // most have left for good: no sentence is made for them
        unlike.add(slot);
        unknown.computeIfAbsent(FixedRule.NOT_INDEXED, r -> new ArrayList<>()).add(slot);
        continue;
      }
      deadline.check();
      Judged judged = verdicts.judge(view, source, slot);
      Outcome outcome = judged.verdict().outcome();
      if (outcome == Outcome.UNKNOWN && !filter.isLike(slot)) {
        unlike.add(slot);
      } else if (outcome != Outcome.INCOMPATIBLE) {
        Standing standing = new Standing(outcome, judged.rank());
        standings.computeIfAbsent(standing, s -> new ArrayList<>()).add(slot);
      }
      addRules(judged, slot, outcome == Outcome.INCOMPATIBLE ? excluded : unknown);
    }
    List<Group> groups =
        standings.entrySet().stream().map(e -> new Group(e.getKey(), array(e.getValue()))).toList();
    return new SourceRanking(
        view.matrix(), groups, arrays(excluded), arrays(unknown), array(unlike));
  }

  private static void addRules(Judged judged, int slot, Map<RuleId, List<Integer>> slots) {
    judged.verdict().reasons().stream()
        .map(Reason::rule)
        .distinct()
        .forEach(rule -> slots.computeIfAbsent(rule, r -> new ArrayList<>()).add(slot));
  }

  private static Map<RuleId, int[]> arrays(Map<RuleId, List<Integer>> slots) {
    Map<RuleId, int[]> arrays = new HashMap<>();
    slots.forEach((rule, those) -> arrays.put(rule, array(those)));
    return arrays;
  }

  private static int[] array(List<Integer> slots) {
    return slots.stream().mapToInt(Integer::intValue).toArray();
  }
}
