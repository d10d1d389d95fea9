package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.replica.Asked;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts that are kept, by pair of profiles: each says itself what the matrix said of the
 * pair then, under which rule set, and which overrides concerned it. Any thread.
 *
 * @param <V> the form that answers have
 */
final class KeptVerdicts<V> {

  /** Most memory that verdicts may take, about, in bytes; the table takes one MiB more. */
  static final long MAX_BYTES = 64 << 20;

  /** The part of the heap that they may take, where that is less. */
  private static final int HEAP_PER_BYTES = 12;

  /** Most verdicts; a power of two. */
  private static final int PLACES = 1 << 18;

  private final WeighedCache<Kept<V>> cache;

  /**
   * A verdict, and what it was made of.
   *
   * @param key the slots of both profiles, which never come to mean other profiles
   * @param cell what the matrix said
   * @param asked what was known of the question to drivers
   * @param overrides those that concerned the pair
   */
  private record Kept<V>(
      long key,
      Cell cell,
      Asked asked,
      RuleSet ruleSet,
      List<RuleOverride> overrides,
      PairVerdict<V> verdict)
      implements WeighedCache.Entry {
    @Override
    public int weight() {
      return verdict.weight();
    }
  }

  KeptVerdicts() {
    this(PLACES, bytes(Runtime.getRuntime().maxMemory()));
  }

  /** The most memory that they may take of a heap of that size. */
  static long bytes(long heap) {
    return Math.min(MAX_BYTES, heap / HEAP_PER_BYTES);
  }

  KeptVerdicts(int places, long maxBytes) {
    cache = new WeighedCache<>(places, maxBytes);
  }

  @Nullable PairVerdict<V> find(
      long pair, Cell cell, Asked asked, RuleSet ruleSet, List<RuleOverride> overrides) {
    Kept<V> known = cache.find(pair);
    return known != null
            && known.cell == cell
            && known.asked.equals(asked)
            && known.ruleSet.equals(ruleSet)
            && known.overrides.equals(overrides)
        ? known.verdict
        : null;
  }

  void keep(
      long pair,
      Cell cell,
      Asked asked,
      RuleSet ruleSet,
      List<RuleOverride> overrides,
      PairVerdict<V> verdict) {
    cache.keep(new Kept<>(pair, cell, asked, ruleSet, overrides, verdict));
  }

  /** The approximate memory that the verdicts take, in bytes. */
  long bytes() {
    return cache.bytes();
  }
}
