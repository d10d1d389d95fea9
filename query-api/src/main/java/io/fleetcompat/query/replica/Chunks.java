package io.fleetcompat.query.replica;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sparse persistent array: an edit copies the chunks it touches, whatever the array's size.
 * Immutable; any number of threads.
 */
final class Chunks<T> {

  private static final int BITS = 8;
  private static final int SIZE = 1 << BITS;
  private static final int MASK = SIZE - 1;

  private final @Nullable Object[][] chunks;

  private Chunks(@Nullable Object[][] chunks) {
    this.chunks = chunks;
  }

  static <T> Chunks<T> empty() {
    return new Chunks<>(new Object[0][]);
  }

  @SuppressWarnings("unchecked") // only an Editor<T> puts anything in
  @Nullable T get(int index) {
    int chunk = index >>> BITS;
    if (index < 0 || chunk >= chunks.length || chunks[chunk].length == 0) {
      return null;
    }
    return (T) chunks[chunk][index & MASK];
  }

  Editor<T> edit() {
    return new Editor<>(this);
  }

  /** Changes to one array, not yet visible. One thread. */
  static final class Editor<T> {
    private static final Object[] NONE = {};
    private @Nullable Object[][] chunks;
    private boolean[] owned;
    private Chunks<T> base;
    private boolean changed;

    private Editor(Chunks<T> base) {
      this.base = base;
      chunks = base.chunks.clone();
      owned = new boolean[chunks.length];
    }

    @SuppressWarnings("unchecked") // as above
    @Nullable T get(int index) {
      int chunk = index >>> BITS;
      return chunk < chunks.length && chunks[chunk].length > 0
          ? (T) chunks[chunk][index & MASK]
          : null;
    }

    void set(int index, @Nullable T value) {
      changed = true;
      int chunk = index >>> BITS;
      if (chunk >= chunks.length) {
        grow(chunk + 1);
      }
      if (!owned[chunk]) {
        chunks[chunk] = Arrays.copyOf(chunks[chunk], SIZE);
        owned[chunk] = true;
      }
      chunks[chunk][index & MASK] = value;
    }

    /** The array with the changes; the same array where there were none. */
    Chunks<T> build() {
      if (changed) {
        base = new Chunks<>(chunks.clone());
        Arrays.fill(owned, false);
        changed = false;
      }
      return base;
    }

    private void grow(int length) {
      int old = chunks.length;
      chunks = Arrays.copyOf(chunks, length);
      Arrays.fill(chunks, old, length, NONE);
      owned = Arrays.copyOf(owned, length);
    }
  }
}
