package io.fleetcompat.query.lookup;

/**
 * The rankings that are kept, by source profile, as long as the matrix and the overrides that count
 * are the same. Any thread.
 */
final class SourceRankings {

  /** Most rankings; a power of two. Slots are dense: the first 4,096 have two places each. */
  static final int MAX_KEPT = 1 << 13;

  /** Most memory that they may take, about, in bytes. */
  static final long MAX_BYTES = 32 << 20;

  /** The part of the heap that they may take, where that is less. */
  private static final int HEAP_PER_BYTES = 24;

  private final WeighedCache<Kept> cache;

  private record Kept(long key, SourceRanking ranking) implements WeighedCache.Entry {
    @Override
    public int weight() {
      return ranking.weight();
    }
  }

  SourceRankings() {
    this(bytes(Runtime.getRuntime().maxMemory()));
  }

  /** The most memory that they may take of a heap of that size. */
  static long bytes(long heap) {
    return Math.min(MAX_BYTES, heap / HEAP_PER_BYTES);
  }

  SourceRankings(long maxBytes) {
    cache = WeighedCache.ofDenseKeys(MAX_KEPT, maxBytes);
  }

  SourceRanking of(
      ViewOverrides overrides,
      IndexedEndpoint source,
      PairVerdicts<?> verdicts,
      Deadline deadline) {
    Kept known = cache.find(source.slot());
    if (known != null && known.ranking.isOf(overrides, source)) {
      return known.ranking;
    }
    SourceRanking ranking = RankingBuilder.ranking(overrides, source, verdicts, deadline);
    cache.keep(new Kept(source.slot(), ranking));
    return ranking;
  }

  /** The approximate memory that the rankings take, in bytes. */
  long bytes() {
    return cache.bytes();
  }
}
