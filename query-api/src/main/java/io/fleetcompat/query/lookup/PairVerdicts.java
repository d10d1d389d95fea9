package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.judge.Verdict.State;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.IndexView.Cell;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts of pairs of profiles: the outcome from the matrix, all the rest from the judge, kept in
 * a bounded cache. Any thread.
 */
public final class PairVerdicts {

  /** Most verdicts kept; a pair has two places, and of these the newest pairs stay. */
  static final int MAX_KEPT = 1 << 16;

  /** The rule of reasons that say what the index does not have. */
  public static final String NOT_INDEXED = "not-indexed";

  private final AtomicReferenceArray<@Nullable Kept> kept = new AtomicReferenceArray<>(MAX_KEPT);
  private final LongAdder disagreements = new LongAdder();

  private record Kept(long pair, Cell cell, String ruleSet, PairVerdict verdict) {}

  /** What the index says of profiles in these slots; {@link #NOT_INDEXED} where it cannot say. */
  public PairVerdict of(IndexView view, int source, int destination) {
    Cell cell = view.cell(source, destination);
    ProfileEntry from = view.profile(source);
    ProfileEntry to = view.profile(destination);
    if (cell == Cell.NOT_INDEXED || from == null || to == null) {
      return notIndexed(whatIsMissing(view, source, destination));
    }
    long pair = ((long) source << 32) | destination;
    int place = place(pair);
    PairVerdict known = find(place, pair, cell, view);
    known = known == null ? find(place ^ 1, pair, cell, view) : known;
    if (known != null) {
      return known;
    }
    PairVerdict verdict = judge(view, cell, from, to);
    kept.set(place ^ 1, kept.get(place));
    kept.set(place, new Kept(pair, cell, view.rules().ruleSet(), verdict));
    return verdict;
  }

  /** How often the matrix and the judge said different things of a pair. */
  public long disagreements() {
    return disagreements.sum();
  }

  /** An UNKNOWN that says what the index does not have. */
  public static PairVerdict notIndexed(String detail) {
    Reason reason =
        new Reason(
            NOT_INDEXED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(State.ABSENT),
            detail);
    Verdict verdict = new Verdict(Outcome.UNKNOWN, List.of(reason), List.of(), List.of());
    return new PairVerdict(verdict, Optional.empty());
  }

  private PairVerdict judge(IndexView view, Cell cell, ProfileEntry from, ProfileEntry to) {
    Verdict verdict = view.rules().judge().judge(from.profile(), to.profile());
    if (!verdict.outcome().name().equals(cell.name())) {
      disagreements.increment();
      return notIndexed(
          "the matrix says "
              + cell
              + " and the rules say "
              + verdict.outcome()
              + "; the index must be built again");
    }
    return new PairVerdict(verdict, Optional.of(Rank.of(from.profile(), to.profile(), verdict)));
  }

  private @Nullable PairVerdict find(int place, long pair, Cell cell, IndexView view) {
    Kept known = kept.get(place);
    return known != null
            && known.pair == pair
            && known.cell == cell
            && known.ruleSet.equals(view.rules().ruleSet())
        ? known.verdict
        : null;
  }

  private static String whatIsMissing(IndexView view, int source, int destination) {
    if (!view.rules().known()) {
      return "expected an index of rule set "
          + view.rules().judge().ruleSet()
          + ", found "
          + (view.rules().ruleSet().isEmpty() ? "none yet" : view.rules().ruleSet());
    }
    if (!isJudged(view, source)) {
      return "the source's profile " + view.fingerprint(source) + " is not judged yet; ask again";
    }
    if (!isJudged(view, destination)) {
      return "the destination's profile "
          + view.fingerprint(destination)
          + " is not judged yet; ask again";
    }
    return "the matrix row of the source's profile "
        + view.fingerprint(source)
        + " is not there yet; ask again";
  }

  private static boolean isJudged(IndexView view, int slot) {
    ProfileEntry profile = view.profile(slot);
    return profile != null && profile.number() < view.rules().generation();
  }

  private static int place(long pair) {
    long mixed = pair * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 48) & (MAX_KEPT - 1);
  }
}
