package io.fleetcompat.query.lookup;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache by number, bounded by what its entries weigh. Any thread.
 *
 * <p>Why it has this form. What is kept is computed again at the price of some microseconds, so
 * that losing an entry now and then costs little, and a look-up is on the way of every answer, so
 * that whatever it does is paid each time. An entry therefore has two places in one array, side by
 * side in one cache line: a look-up reads one or two references, writes nothing and allocates
 * nothing, not even a boxed key. There is no order of use to keep: a new entry takes the first
 * place and moves what was there into the second, so the newest stay. Where all together grow too
 * heavy, a hand goes round and clears place after place.
 *
 * <p>Memory order. An entry is immutable and says itself what it is of, so a reader needs no more
 * than to see it whole: a volatile read of its place. Two writers of one place each give back what
 * they took out ({@code getAndSet}), so the sum of weights is exact whoever comes first; it may lag
 * behind the array for a moment, and a writer may clear more than it had to. An entry that two
 * writers lose between them is computed again.
 *
 * <p>Rejected: Caffeine, see docs/adr/0017-what-is-ours-on-the-hot-path.md.
 *
 * @param <E> its entries
 */
public final class WeighedCache<E extends WeighedCache.Entry> {

  private final AtomicReferenceArray<@Nullable E> entries;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final long maxBytes;

  /** The factor of keys, by which those that are near each other get places far apart. */
  private final long factor;

  private final int shift;

  /** An entry of the cache. Immutable. */
  public interface Entry {
    /** The key that the entry is found by. */
    long key();

    /** The approximate memory that the entry takes, in bytes. */
    int weight();
  }

  /**
   * @param places a power of two, at least two
   * @param maxBytes most memory that entries may take, about
   */
  public WeighedCache(int places, long maxBytes) {
    this(places, maxBytes, 0x9E3779B97F4A7C15L, Long.numberOfLeadingZeros(places - 1));
  }

  private WeighedCache(int places, long maxBytes, long factor, int shift) {
    this.entries = new AtomicReferenceArray<>(places);
    this.maxBytes = maxBytes;
    this.factor = factor;
    this.shift = shift;
  }

  /**
   * A cache for keys that begin at zero and have no gaps: they lie in their order, so that few keys
   * take few cache lines, and as many as half the places share none.
   */
  static <E extends Entry> WeighedCache<E> ofDenseKeys(int places, long maxBytes) {
    return new WeighedCache<>(places, maxBytes, 2, 0);
  }

  /**
   * The newest entry of that key; null where it is not kept. Where two threads kept entries of one
   * place at once, it may be an older one: an entry says itself what it was made of.
   */
  public @Nullable E find(long key) {
    int place = place(key);
    E entry = entries.get(place);
    if (entry != null && entry.key() == key) {
      return entry;
    }
    entry = entries.get(place + 1);
    return entry != null && entry.key() == key ? entry : null;
  }

  /** Keeps an entry, in place of an older one of its key; one that is too heavy is not kept. */
  public void keep(E entry) {
    if (entry.weight() > maxBytes) {
      return; // all others would go, and it too
    }
    int place = place(entry.key());
    E before = put(place, entry);
    if (before != null && before.key() != entry.key()) {
      put(place + 1, before);
    } else {
      remove(
          place + 1, entry.key()); // an older one is there where the hand cleared the first place
    }
    for (int i = 0; i < entries.length() && bytes.get() > maxBytes; i++) {
      put(hand.getAndIncrement() & (entries.length() - 1), null);
    }
  }

  /** The approximate memory that all entries take, in bytes. */
  public long bytes() {
    return bytes.get();
  }

  /** Puts an entry into its place and gives the one that was there. */
  private @Nullable E put(int place, @Nullable E next) {
    E old = entries.getAndSet(place, next);
    bytes.addAndGet((next == null ? 0 : next.weight()) - (old == null ? 0 : old.weight()));
    return old;
  }

  private void remove(int place, long key) {
    E old = entries.get(place);
    if (old != null && old.key() == key && entries.compareAndSet(place, old, null)) {
      bytes.addAndGet(-old.weight());
    }
  }

  /** The first of the two places of a key: all keys that share one share both, in this order. */
  private int place(long key) {
    return (int) ((key * factor) >>> shift) & (entries.length() - 2);
  }
}
