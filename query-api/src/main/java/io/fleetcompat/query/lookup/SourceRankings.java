package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.IndexView;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Rankings by source profile, kept as long as the matrix is the same. Any thread. */
final class SourceRankings {

  /** Most rankings kept; a power of two. */
  static final int MAX_KEPT = 1 << 12;

  /** Most memory that they may take, about, in bytes. */
  static final long MAX_BYTES = 32 << 20;

  private final AtomicReferenceArray<@Nullable Kept> kept = new AtomicReferenceArray<>(MAX_KEPT);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final long maxBytes;

  private record Kept(int source, SourceRanking ranking) {}

  SourceRankings() {
    this(MAX_BYTES);
  }

  SourceRankings(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @SuppressWarnings("ReferenceEquality") // views with the same matrix have the same object
  SourceRanking of(IndexView view, int source, PairVerdicts<?> verdicts, Deadline deadline) {
    int place = source & (MAX_KEPT - 1);
    Kept known = kept.get(place);
    if (known != null && known.source == source && known.ranking.matrix() == view.matrix()) {
      return known.ranking;
    }
    SourceRanking ranking = SourceRanking.of(view, source, verdicts, deadline);
    put(place, new Kept(source, ranking));
    for (int i = 0; i < MAX_KEPT && bytes.get() > maxBytes; i++) {
      put(hand.getAndIncrement() & (MAX_KEPT - 1), null);
    }
    return ranking;
  }

  /** What they take in memory, about. */
  long bytes() {
    return bytes.get();
  }

  private void put(int place, @Nullable Kept next) {
    Kept old = kept.getAndSet(place, next);
    bytes.addAndGet(weight(next) - weight(old));
  }

  private static long weight(@Nullable Kept entry) {
    return entry == null ? 0 : entry.ranking.weight();
  }
}
