package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.query.lookup.Slots.InPool;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * All profiles as destinations of one source profile: those that will do, best first, and why the
 * others will not. Where overrides of pools concern them, profiles stand elsewhere on hosts of
 * these pools. Any thread.
 */
final class SourceRanking {

  /** The approximate memory that a ranking takes besides its slots and tallies, in bytes. */
  private static final int OVERHEAD = 1024;

  /** The approximate memory that a tally takes, in bytes. */
  private static final int TALLY = 512;

  /** The approximate memory that a profile takes that stands elsewhere in a pool, in bytes. */
  private static final int IN_POOL = 128;

  /** The stand-in for a group, for profiles that are in none. */
  static final int NO_GROUP = -1;

  private final WeakReference<MatrixImage> matrix; // the past must not stay alive, nor be weighed
  private final OverridesInForce overrides;
  private final Optional<String> sourcePool;
  private final List<Group> groups;
  private final List<Group> compatible;
  private final int[] groupBySlot;
  private final Map<InPool, Integer> groupInPool = new HashMap<>();
  private final Map<Integer, List<String>> elsewhere;
  private final Map<RuleId, Slots> excluded;
  private final Map<RuleId, Slots> unknown;
  private final Slots unlike;
  private final Tallies tallies = new Tallies();

  /**
   * @param sourcePool of the source, where overrides of pools concern it
   * @param elsewhere the pools in which the profile of a slot stands elsewhere
   */
  SourceRanking(
      ViewOverrides overrides,
      Optional<String> sourcePool,
      List<Group> groups,
      Map<Integer, List<String>> elsewhere,
      Map<RuleId, Slots> excluded,
      Map<RuleId, Slots> unknown,
      Slots unlike) {
    this.matrix = new WeakReference<>(overrides.view().matrix());
    this.overrides = overrides.inForce();
    this.sourcePool = sourcePool;
    this.groups = groups;
    this.compatible =
        groups.stream().filter(g -> g.standing().outcome() == Outcome.COMPATIBLE).toList();
    this.groupBySlot = new int[overrides.view().matrix().slots()];
    this.elsewhere = elsewhere;
    this.excluded = excluded;
    this.unknown = unknown;
    this.unlike = unlike;
    number();
  }

  private void number() {
    Arrays.fill(groupBySlot, NO_GROUP);
    elsewhere.forEach(
        (slot, pools) -> pools.forEach(p -> groupInPool.put(new InPool(slot, p), NO_GROUP)));
    for (int number = 0; number < groups.size(); number++) {
      for (int slot : groups.get(number).slots().everywhere()) {
        groupBySlot[slot] = number;
      }
      for (InPool part : groups.get(number).slots().inPools()) {
        groupInPool.put(part, number);
      }
    }
  }

  /** True where the ranking was made of the matrix that the view has, and of what counts there. */
  boolean isOf(ViewOverrides now, IndexedEndpoint source) {
    return matrix.refersTo(now.view().matrix())
        && overrides == now.inForce()
        && sourcePool.equals(concernedPool(now, source));
  }

  /** The pool of the source; empty where no override of pools concerns it. */
  static Optional<String> concernedPool(ViewOverrides overrides, IndexedEndpoint source) {
    Optional<String> pool = ViewOverrides.pool(source.host());
    return overrides.isEmpty() || overrides.destinationPools(pool).isEmpty()
        ? Optional.empty()
        : pool;
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
   * The number of the group of the profile in a slot on a host, less for a better one; {@link
   * #NO_GROUP} where it is no candidate.
   */
  int group(int slot, Host host) {
    if (!elsewhere.isEmpty() && host.placed().pool().isPresent()) {
      Integer there = groupInPool.get(new InPool(slot, host.placed().pool().get()));
      if (there != null) {
        return there;
      }
    }
    return groupBySlot[slot];
  }

  /** The outcome for the profile in a slot on a host. */
  Outcome outcome(int slot, Host host) {
    int group = group(slot, host);
    if (group == NO_GROUP) {
      return Outcome.INCOMPATIBLE;
    }
    return group < compatible.size() ? Outcome.COMPATIBLE : Outcome.UNKNOWN;
  }

  /** True where the profile in a slot stands elsewhere on that host than on most. */
  boolean isElsewhere(int slot, Host host) {
    return !elsewhere.isEmpty()
        && host.placed().pool().isPresent()
        && groupInPool.containsKey(new InPool(slot, host.placed().pool().get()));
  }

  /** The pools in which the profile of a slot stands elsewhere; most have none. */
  Map<Integer, List<String>> elsewhere() {
    return elsewhere;
  }

  /** The profiles that fail a rule, by rule. */
  Map<RuleId, Slots> excluded() {
    return excluded;
  }

  /** Likewise, for those that are UNKNOWN. */
  Map<RuleId, Slots> unknown() {
    return unknown;
  }

  /**
   * The profiles that are UNKNOWN and not known to be of the source's kind, vendor and type: they
   * are no candidates, whatever is asked for.
   */
  Slots unlike() {
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
    slots += groups.stream().mapToInt(group -> group.slots().size()).sum();
    slots += excluded.values().stream().mapToInt(Slots::size).sum();
    slots += unknown.values().stream().mapToInt(Slots::size).sum();
    slots += unlike.size();
    return OVERHEAD
        + TALLY * Tallies.MAX_KEPT
        + IN_POOL * groupInPool.size()
        + Integer.BYTES * slots;
  }

  /**
   * The place of a group among the others. Profiles that are not indexed have no rank.
   *
   * @param overridden whether it would be another verdict, or have more reasons, without overrides
   */
  record Standing(Outcome outcome, boolean overridden, Optional<Rank> rank)
      implements Comparable<Standing> {
    @Override
    public int compareTo(Standing other) {
      int byOutcome = outcome.compareTo(other.outcome);
      if (byOutcome != 0) {
        return byOutcome;
      }
      if (overridden != other.overridden) {
        return Boolean.compare(overridden, other.overridden);
      }
      if (rank.isEmpty() || other.rank.isEmpty()) {
        return Boolean.compare(rank.isEmpty(), other.rank.isEmpty());
      }
      return rank.get().compareTo(other.rank.get());
    }
  }

  /** Profiles that are equally good. */
  record Group(Standing standing, Slots slots) {}
}
