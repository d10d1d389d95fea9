package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.IndexView;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Rankings by source profile, kept as long as the matrix is the same. Any thread. */
final class SourceRankings {

  /** Most rankings kept. */
  static final int MAX_KEPT = 1 << 12;

  private final AtomicReferenceArray<Kept> kept = new AtomicReferenceArray<>(MAX_KEPT);
  private final PairVerdicts verdicts;

  private record Kept(int source, SourceRanking ranking) {}

  SourceRankings(PairVerdicts verdicts) {
    this.verdicts = verdicts;
  }

  SourceRanking of(IndexView view, int source) {
    int place = source & (MAX_KEPT - 1);
    Kept known = kept.get(place);
    if (known != null && known.source == source && isValid(known.ranking, view)) {
      return known.ranking;
    }
    SourceRanking ranking = SourceRanking.of(view, source, verdicts);
    kept.set(place, new Kept(source, ranking));
    return ranking;
  }

  private static boolean isValid(SourceRanking ranking, IndexView view) {
    return ranking.view().equals(view)
        || (ranking.view().sameMatrix(view) && ranking.view().slots() == view.slots());
  }
}
