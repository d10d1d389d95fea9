package io.fleetcompat.query.replica.keys;

import io.fleetcompat.query.replica.keys.KeyNode.Branch;
import io.fleetcompat.query.replica.keys.KeyNode.Leaf;
import java.util.function.LongPredicate;

/**
 * A persistent ordered set of {@link CandidateKey}s: a tree of small nodes, of which an edit copies
 * those on its path. Immutable; any number of threads.
 */
public final class OrderedKeys {

  private final KeyOrder order;
  private final KeyNode root;

  private OrderedKeys(KeyOrder order, KeyNode root) {
    this.order = order;
    this.root = root;
  }

  public static OrderedKeys empty(KeyOrder order) {
    return new OrderedKeys(order, new Leaf(new long[0]));
  }

  /**
   * The same keys by another order, in which all hosts that they name stand as they do in this one.
   */
  public OrderedKeys by(KeyOrder other) {
    return new OrderedKeys(other, root);
  }

  public int size() {
    return root.size();
  }

  /** The key at that position in the order. */
  public long get(int position) {
    return from(position).peek();
  }

  /** The number of keys before that one, which may be absent. */
  public int before(long key) {
    return first(other -> order.compare(other, key) >= 0);
  }

  public boolean contains(long key) {
    int position = before(key);
    return position < size() && get(position) == key;
  }

  /** The first position whose key passes, where all after one that passes do too. */
  public int first(LongPredicate passes) {
    int start = 0;
    KeyNode node = root;
    while (node instanceof Branch branch) {
      int child = Math.max(0, firstIn(branch.firsts(), passes) - 1);
      start += branch.start(child);
      node = branch.children()[child];
    }
    return start + firstIn(((Leaf) node).keys(), passes);
  }

  private static int firstIn(long[] keys, LongPredicate passes) {
    int low = 0;
    int high = keys.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (passes.test(keys[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** A walk from that position. One thread. */
  public Walk from(int position) {
    return new Walk(position);
  }

  /** The set without some keys that it has, and with some that it has not; both sorted. */
  OrderedKeys with(long[] removed, long[] added) {
    return new OrderedKeys(order, new KeyEdit(order, removed, added).applyTo(root));
  }

  /** The keys from a position on, in order. */
  public final class Walk {
    private long[] keys = {};
    private int offset;

    /** The position after the leaf. */
    private int end;

    private Walk(int position) {
      goTo(position);
    }

    private void goTo(int position) {
      int within = position;
      KeyNode node = root;
      while (node instanceof Branch branch && within < branch.size()) {
        int child = branch.childAt(within);
        within -= branch.start(child);
        node = branch.children()[child];
      }
      if (node instanceof Leaf(long[] found)) {
        keys = found;
        offset = within;
        end = position - within + found.length;
      }
    }

    public boolean hasNext() {
      return offset < keys.length;
    }

    public long next() {
      long key = keys[offset++];
      if (offset == keys.length && end < size()) {
        goTo(end);
      }
      return key;
    }

    /** The next key, left where it is. */
    public long peek() {
      return keys[offset];
    }

    /** Compares the next keys of two walks in the order of candidates. */
    public int compareNext(Walk other) {
      return order.compare(peek(), other.peek());
    }
  }
}
