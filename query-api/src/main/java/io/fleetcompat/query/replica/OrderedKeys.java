package io.fleetcompat.query.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * A persistent ordered set of {@link CandidateKey}s: sorted chunks, of which an edit copies those
 * it touches. Immutable; any number of threads.
 */
public final class OrderedKeys {

  static final int MAX_CHUNK = 512;

  private final KeyOrder order;
  private final long[][] chunks;
  private final int[] starts;

  private OrderedKeys(KeyOrder order, List<long[]> chunks) {
    this.order = order;
    this.chunks = chunks.toArray(long[][]::new);
    this.starts = new int[chunks.size() + 1];
    for (int i = 0; i < this.chunks.length; i++) {
      starts[i + 1] = starts[i] + this.chunks[i].length;
    }
  }

  static OrderedKeys empty(KeyOrder order) {
    return new OrderedKeys(order, List.of());
  }

  public int size() {
    return starts[chunks.length];
  }

  /** The key at that position in the order. */
  public long get(int position) {
    int found = Arrays.binarySearch(starts, position);
    int chunk = found >= 0 ? found : -found - 2;
    return chunks[chunk][position - starts[chunk]];
  }

  /** The first position whose key passes, where all after one that passes do too. */
  public int first(LongPredicate passes) {
    int low = 0;
    int high = chunks.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (passes.test(last(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == chunks.length ? size() : starts[low] + firstIn(chunks[low], passes);
  }

  /** A walk from that position. One thread. */
  public Walk from(int position) {
    return new Walk(position);
  }

  /** The set without some keys that it has, and with some that it has not; both sorted. */
  OrderedKeys with(long[] removed, long[] added) {
    List<long[]> out = new ArrayList<>(chunks.length + 1 + added.length / MAX_CHUNK);
    int next = 0;
    int r = 0;
    int a = 0;
    while (r < removed.length || a < added.length) {
      long edit = earlier(removed, r, added, a);
      int target = Math.max(next, chunkOf(edit));
      out.addAll(Arrays.asList(chunks).subList(next, Math.min(target, chunks.length)));
      int removedEnd = endOf(removed, r, target);
      int addedEnd = endOf(added, a, target);
      long[] old = target < chunks.length ? chunks[target] : new long[0];
      emit(merge(old, removed, r, removedEnd, added, a, addedEnd), out);
      r = removedEnd;
      a = addedEnd;
      next = target + 1;
    }
    if (next < chunks.length) {
      out.addAll(Arrays.asList(chunks).subList(next, chunks.length));
    }
    return new OrderedKeys(order, out);
  }

  private long earlier(long[] removed, int r, long[] added, int a) {
    if (r == removed.length) {
      return added[a];
    }
    if (a == added.length) {
      return removed[r];
    }
    return order.compare(removed[r], added[a]) <= 0 ? removed[r] : added[a];
  }

  /** The last chunk that begins at or before that key; 0 where none does. */
  private int chunkOf(long key) {
    int low = 0;
    int high = chunks.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(chunks[middle][0], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }

  private int endOf(long[] edits, int from, int chunk) {
    if (chunk + 1 >= chunks.length) {
      return edits.length;
    }
    int end = from;
    long limit = chunks[chunk + 1][0];
    while (end < edits.length && order.compare(edits[end], limit) < 0) {
      end++;
    }
    return end;
  }

  private long[] merge(
      long[] old, long[] removed, int r, int removedEnd, long[] added, int a, int addedEnd) {
    long[] merged = new long[old.length + addedEnd - a];
    int n = 0;
    int from = 0;
    while (r < removedEnd || a < addedEnd) {
      boolean removes =
          a == addedEnd || (r < removedEnd && order.compare(removed[r], added[a]) <= 0);
      long key = removes ? removed[r++] : added[a++];
      int at = seek(old, from, key);
      System.arraycopy(old, from, merged, n, at - from);
      n += at - from;
      from = at;
      if (!removes) {
        merged[n++] = key;
      } else if (from++ == old.length || old[at] != key) {
        throw new IllegalStateException("a key to remove is not in the set");
      }
    }
    System.arraycopy(old, from, merged, n, old.length - from);
    return Arrays.copyOf(merged, n + old.length - from);
  }

  /** The first place at or after {@code from} whose key is not before that one; gallops there. */
  private int seek(long[] keys, int from, long key) {
    int low = from;
    int high = from;
    for (int step = 1; high < keys.length && order.compare(keys[high], key) < 0; step *= 2) {
      low = high + 1;
      high += step;
    }
    high = Math.min(high, keys.length);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(keys[middle], key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void emit(long[] keys, List<long[]> out) {
    if (!out.isEmpty() && out.getLast().length + keys.length <= MAX_CHUNK / 2) {
      long[] last = out.removeLast();
      long[] joined = Arrays.copyOf(last, last.length + keys.length);
      System.arraycopy(keys, 0, joined, last.length, keys.length);
      out.add(joined);
    } else if (keys.length <= MAX_CHUNK) {
      if (keys.length > 0) {
        out.add(keys);
      }
    } else {
      for (int i = 0; i < keys.length; i += MAX_CHUNK / 2) {
        out.add(Arrays.copyOfRange(keys, i, Math.min(keys.length, i + MAX_CHUNK / 2)));
      }
    }
  }

  private long last(int chunk) {
    return chunks[chunk][chunks[chunk].length - 1];
  }

  private static int firstIn(long[] chunk, LongPredicate passes) {
    int low = 0;
    int high = chunk.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (passes.test(chunk[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The keys from a position on, in order. */
  public final class Walk {
    private int chunk;
    private int offset;

    private Walk(int position) {
      int found = Arrays.binarySearch(starts, position);
      chunk = found >= 0 ? found : -found - 2;
      offset = position - starts[chunk];
    }

    public boolean hasNext() {
      return chunk < chunks.length;
    }

    public long next() {
      long key = chunks[chunk][offset++];
      if (offset == chunks[chunk].length) {
        chunk++;
        offset = 0;
      }
      return key;
    }

    /** The next key, left where it is. */
    public long peek() {
      return chunks[chunk][offset];
    }

    /** Compares the next keys of two walks in the order of candidates. */
    public int compareNext(Walk other) {
      return order.compare(peek(), other.peek());
    }
  }
}
