package io.fleetcompat.query.replica.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of {@link OrderedKeys}: all leaves are equally deep, none but the root is empty. */
@SuppressWarnings("ArrayRecordComponent") // never changed
sealed interface KeyNode {

  /** Most keys of a leaf: what an edit copies of it. */
  int MAX_KEYS = 32;

  /** Most children of a branch. */
  int MAX_CHILDREN = 16;

  /** Keys below it. */
  int size();

  long first();

  record Leaf(long[] keys) implements KeyNode {
    @Override
    public int size() {
      return keys.length;
    }

    @Override
    public long first() {
      return keys[0];
    }

    /** The keys in as many leaves as they need. */
    static void split(long[] keys, List<KeyNode> out) {
      int pieces = pieces(keys.length, MAX_KEYS);
      for (int i = 0; i < pieces; i++) {
        out.add(new Leaf(Arrays.copyOfRange(keys, at(i, pieces, keys), at(i + 1, pieces, keys))));
      }
    }

    private static int at(int piece, int pieces, long[] keys) {
      return (int) ((long) keys.length * piece / pieces);
    }
  }

  /**
   * Nodes one level below.
   *
   * @param firsts the first key of each
   * @param ends how many keys are below it and those before it
   */
  record Branch(KeyNode[] children, long[] firsts, int[] ends) implements KeyNode {

    static Branch of(List<KeyNode> nodes) {
      KeyNode[] children = nodes.toArray(KeyNode[]::new);
      long[] firsts = new long[children.length];
      int[] ends = new int[children.length];
      int end = 0;
      for (int i = 0; i < children.length; i++) {
        firsts[i] = children[i].first();
        end += children[i].size();
        ends[i] = end;
      }
      return new Branch(children, firsts, ends);
    }

    @Override
    public int size() {
      return ends[ends.length - 1];
    }

    @Override
    public long first() {
      return firsts[0];
    }

    /** The position of a child's first key. */
    int start(int child) {
      return child == 0 ? 0 : ends[child - 1];
    }

    /** The child that has the key at that position. */
    int childAt(int position) {
      int found = Arrays.binarySearch(ends, position + 1);
      return found >= 0 ? found : -found - 1;
    }

    /** The nodes below as many branches as they need. */
    static List<KeyNode> over(List<KeyNode> nodes) {
      int pieces = pieces(nodes.size(), MAX_CHILDREN);
      List<KeyNode> branches = new ArrayList<>(pieces);
      for (int i = 0; i < pieces; i++) {
        int from = (int) ((long) nodes.size() * i / pieces);
        int to = (int) ((long) nodes.size() * (i + 1) / pieces);
        branches.add(of(nodes.subList(from, to)));
      }
      return branches;
    }
  }

  /** One where all fits, else so many that each has room left. */
  private static int pieces(int size, int most) {
    return size <= most ? Math.min(size, 1) : Math.ceilDiv(size, most * 3 / 4);
  }

  /** The two as one, where together they are small; null where they are not. */
  static @Nullable KeyNode joined(KeyNode a, KeyNode b) {
    if (a instanceof Leaf(long[] x)
        && b instanceof Leaf(long[] y)
        && x.length + y.length <= MAX_KEYS / 2) {
      long[] keys = Arrays.copyOf(x, x.length + y.length);
      System.arraycopy(y, 0, keys, x.length, y.length);
      return new Leaf(keys);
    }
    if (a instanceof Branch x
        && b instanceof Branch y
        && x.children.length + y.children.length <= MAX_CHILDREN / 2) {
      List<KeyNode> children = new ArrayList<>(Arrays.asList(x.children));
      children.addAll(Arrays.asList(y.children));
      return Branch.of(children);
    }
    return null;
  }
}
