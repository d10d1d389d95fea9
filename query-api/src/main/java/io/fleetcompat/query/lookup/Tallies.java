package io.fleetcompat.query.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The newest tallies of one ranking, so that callers who ask about several pools in turn do not
 * have everything counted again each time. Any thread; of two that keep one at once, one may lose.
 */
final class Tallies {

  /** Most tallies that are kept. */
  static final int MAX_KEPT = 8;

  /** Newest first. */
  private volatile List<Tally> kept = List.of();

  Optional<Tally> find(DestinationsQuestion question, RoaringBitmap silentHosts) {
    List<Tally> now = kept;
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).isOf(question, silentHosts)) {
        return Optional.of(now.get(i));
      }
    }
    return Optional.empty();
  }

  /** Keeps a tally, and forgets those that no question can ask for any more, or the oldest. */
  void keep(Tally tally, RoaringBitmap silentHosts) {
    List<Tally> next = new ArrayList<>(MAX_KEPT);
    next.add(tally);
    for (Tally other : kept) {
      if (next.size() < MAX_KEPT && other.mayBeAskedFor(silentHosts)) {
        next.add(other);
      }
    }
    kept = List.copyOf(next);
  }
}
