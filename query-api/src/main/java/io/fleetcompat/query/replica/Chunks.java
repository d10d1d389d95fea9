package io.fleetcompat.query.replica;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A sparse persistent array: a tree of three levels, of which an edit copies the nodes it touches.
 * Only the root grows with the array, by one entry for 4,096. Immutable; any number of threads.
 */
final class Chunks<T> {

  private static final int BITS = 6;
  private static final int SIZE = 1 << BITS;
  private static final int MASK = SIZE - 1;
  private static final int ROOT_SHIFT = 2 * BITS;

  /** The stand-in for leaves that hold nothing. */
  private static final Object[] NO_LEAF = {};

  /** The stand-in for inner nodes that hold nothing. */
  private static final Object[][] NO_LEAVES = new Object[SIZE][];

  static {
    Arrays.fill(NO_LEAVES, NO_LEAF);
  }

  private final @Nullable Object[][][] root;
  private final int size;

  private Chunks(@Nullable Object[][][] root, int size) {
    this.root = root;
    this.size = size;
  }

  static <T> Chunks<T> empty() {
    return new Chunks<>(new Object[0][][], 0);
  }

  /** The number of elements. */
  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only an Editor<T> puts anything in
  @Nullable T get(int index) {
    return (T) get(root, index);
  }

  private static @Nullable Object get(@Nullable Object[][][] root, int index) {
    int inner = index >>> ROOT_SHIFT;
    if (inner >= root.length) {
      return null; // so is any negative index
    }
    Object[] leaf = root[inner][(index >>> BITS) & MASK];
    return leaf.length == 0 ? null : leaf[index & MASK];
  }

  Editor<T> edit() {
    return new Editor<>(this);
  }

  /** Changes to one array, not yet visible. One thread. */
  static final class Editor<T> {
    private Chunks<T> base;
    private @Nullable Object[][][] root;
    private final BitSet ownedInner = new BitSet();
    private final BitSet ownedLeaves = new BitSet();
    private boolean changed;
    private int size;

    private Editor(Chunks<T> base) {
      this.base = base;
      this.root = base.root;
      this.size = base.size;
    }

    @SuppressWarnings("unchecked") // as above
    @Nullable T get(int index) {
      return (T) Chunks.get(root, index);
    }

    /** The number of elements after the changes. */
    int size() {
      return size;
    }

    void set(int index, @Nullable T value) {
      @Nullable Object[] leaf = ownLeaf(index);
      size += (value == null ? 0 : 1) - (leaf[index & MASK] == null ? 0 : 1);
      leaf[index & MASK] = value;
    }

    /** The array with the changes; the same array where there were none. */
    Chunks<T> build() {
      if (changed) {
        base = new Chunks<>(root, size);
        ownedInner.clear();
        ownedLeaves.clear();
        changed = false;
      }
      return base;
    }

    private @Nullable Object[] ownLeaf(int index) {
      int inner = index >>> ROOT_SHIFT;
      int leaf = (index >>> BITS) & MASK;
      if (!ownedLeaves.get(index >>> BITS)) {
        ownInner(inner);
        root[inner][leaf] = Arrays.copyOf(root[inner][leaf], SIZE);
        ownedLeaves.set(index >>> BITS);
      }
      return root[inner][leaf];
    }

    private void ownInner(int inner) {
      if (!changed || inner >= root.length) {
        int before = root.length;
        root = Arrays.copyOf(root, Math.max(before, inner + 1));
        Arrays.fill(root, before, root.length, NO_LEAVES);
        changed = true;
      }
      if (!ownedInner.get(inner)) {
        root[inner] = root[inner].clone();
        ownedInner.set(inner);
      }
    }
  }
}
