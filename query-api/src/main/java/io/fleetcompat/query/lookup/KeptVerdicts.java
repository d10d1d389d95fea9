package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.MatrixImage.Cell;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of verdicts by pair of profiles. A pair has two places, the newest pairs stay;
 * where all together grow too large, a hand goes round and clears. Any thread: each entry is
 * immutable and says itself what it is of, so whoever reads one knows whether it is his.
 */
final class KeptVerdicts<V> {

  /** Most memory that verdicts may take, about, in bytes; the table takes one MiB more. */
  static final long MAX_BYTES = 64 << 20;

  /** Most verdicts; a power of two. */
  private static final int PLACES = 1 << 18;

  private final AtomicReferenceArray<@Nullable Kept<V>> kept;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final long maxBytes;
  private final int shift;

  /**
   * A verdict, and what it was made of.
   *
   * @param pair the slots of both profiles, which never come to mean other profiles
   * @param cell what the matrix said
   */
  private record Kept<V>(long pair, Cell cell, String ruleSet, PairVerdict<V> verdict) {
    boolean is(long otherPair, Cell otherCell, String otherRuleSet) {
      return pair == otherPair && cell == otherCell && ruleSet.equals(otherRuleSet);
    }
  }

  KeptVerdicts() {
    this(PLACES, MAX_BYTES);
  }

  /**
   * @param places a power of two, at least two
   */
  KeptVerdicts(int places, long maxBytes) {
    this.kept = new AtomicReferenceArray<>(places);
    this.maxBytes = maxBytes;
    this.shift = Long.numberOfLeadingZeros(places - 1);
  }

  @Nullable PairVerdict<V> find(long pair, Cell cell, String ruleSet) {
    int place = place(pair);
    Kept<V> known = kept.get(place);
    if (known == null || !known.is(pair, cell, ruleSet)) {
      known = kept.get(place ^ 1);
    }
    return known != null && known.is(pair, cell, ruleSet) ? known.verdict : null;
  }

  void keep(long pair, Cell cell, String ruleSet, PairVerdict<V> verdict) {
    int place = place(pair);
    put(place ^ 1, put(place, new Kept<>(pair, cell, ruleSet, verdict)));
    for (int i = 0; i < kept.length() && bytes.get() > maxBytes; i++) {
      put(hand.getAndIncrement() & (kept.length() - 1), null);
    }
  }

  /** What they take in memory, about. */
  long bytes() {
    return bytes.get();
  }

  /** Puts an entry into its place and gives the one that was there. */
  private @Nullable Kept<V> put(int place, @Nullable Kept<V> next) {
    Kept<V> old = kept.getAndSet(place, next);
    bytes.addAndGet(weight(next) - weight(old));
    return old;
  }

  private static long weight(@Nullable Kept<?> entry) {
    return entry == null ? 0 : entry.verdict.weight();
  }

  private int place(long pair) {
    return (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift);
  }
}
