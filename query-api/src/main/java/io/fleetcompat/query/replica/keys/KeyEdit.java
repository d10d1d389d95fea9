package io.fleetcompat.query.replica.keys;

import io.fleetcompat.query.replica.keys.KeyNode.Branch;
import io.fleetcompat.query.replica.keys.KeyNode.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys that leave a tree and keys that come, on one way through it, both sorted: it copies the path
 * to each. Used once, by one thread.
 */
final class KeyEdit {

  private final KeyOrder order;
  private final long[] removed;
  private final long[] added;
  private int r;
  private int a;

  KeyEdit(KeyOrder order, long[] removed, long[] added) {
    this.order = order;
    this.removed = removed;
    this.added = added;
  }

  KeyNode applyTo(KeyNode root) {
    List<KeyNode> nodes = edited(root, removed.length, added.length);
    while (nodes.size() > 1) {
      nodes = Branch.over(nodes);
    }
    KeyNode next = nodes.isEmpty() ? new Leaf(new long[0]) : nodes.getFirst();
    while (next instanceof Branch branch && branch.children().length == 1) {
      next = branch.children()[0];
    }
    return next;
  }

  /** The nodes that a node becomes by the edits before these ends, all of the same level. */
  private List<KeyNode> edited(KeyNode node, int removedEnd, int addedEnd) {
    List<KeyNode> out = new ArrayList<>();
    switch (node) {
      case Leaf(long[] keys) -> Leaf.split(merged(keys, removedEnd, addedEnd), out);
      case Branch branch -> {
        children(branch, removedEnd, addedEnd, out);
        return Branch.over(out);
      }
    }
    return out;
  }

  private void children(Branch branch, int removedEnd, int addedEnd, List<KeyNode> out) {
    KeyNode[] children = branch.children();
    int next = 0;
    while (r < removedEnd || a < addedEnd) {
      int child = Math.max(next, childOf(branch.firsts(), nextEdit(removedEnd, addedEnd)));
      append(children, next, child, out);
      boolean last = child == children.length - 1;
      int removedHere =
          last ? removedEnd : endOf(removed, r, removedEnd, branch.firsts()[child + 1]);
      int addedHere = last ? addedEnd : endOf(added, a, addedEnd, branch.firsts()[child + 1]);
      for (KeyNode node : edited(children[child], removedHere, addedHere)) {
        append(node, out);
      }
      next = child + 1;
    }
    append(children, next, children.length, out);
  }

  private static void append(KeyNode[] children, int from, int to, List<KeyNode> out) {
    if (from < to) {
      append(children[from], out); // the one before it may have become small
      out.addAll(Arrays.asList(children).subList(from + 1, to));
    }
  }

  private static void append(KeyNode node, List<KeyNode> out) {
    KeyNode joined = out.isEmpty() ? null : KeyNode.joined(out.getLast(), node);
    if (joined == null) {
      out.add(node);
    } else {
      out.set(out.size() - 1, joined);
    }
  }

  private long nextEdit(int removedEnd, int addedEnd) {
    if (r == removedEnd) {
      return added[a];
    }
    if (a == addedEnd) {
      return removed[r];
    }
    return order.compare(removed[r], added[a]) <= 0 ? removed[r] : added[a];
  }

  /** The last child that begins at or before that key; 0 where none does. */
  private int childOf(long[] firsts, long key) {
    int low = 1;
    int high = firsts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(firsts[middle], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private int endOf(long[] edits, int from, int to, long limit) {
    int end = from;
    while (end < to && order.compare(edits[end], limit) < 0) {
      end++;
    }
    return end;
  }

  private long[] merged(long[] old, int removedEnd, int addedEnd) {
    long[] merged = new long[Math.max(0, old.length + (addedEnd - a) - (removedEnd - r))];
    int n = 0;
    int from = 0;
    while (r < removedEnd || a < addedEnd) {
      boolean adds = r == removedEnd || (a < addedEnd && order.compare(added[a], removed[r]) < 0);
      long key = adds ? added[a] : removed[r];
      int at = seek(old, from, key);
      boolean has = at < old.length && old[at] == key;
      if (has == adds) {
        throw new IllegalStateException("expected a set with all keys that leave, none that come");
      }
      System.arraycopy(old, from, merged, n, at - from);
      n += at - from;
      from = adds ? at : at + 1;
      if (adds) {
        merged[n++] = key;
        a++;
      } else {
        r++;
      }
    }
    System.arraycopy(old, from, merged, n, old.length - from);
    return merged;
  }

  /** The first place at or after {@code from} whose key is not before that one. */
  private int seek(long[] keys, int from, long key) {
    int low = from;
    int high = keys.length;
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
}
