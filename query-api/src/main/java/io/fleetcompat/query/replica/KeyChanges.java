package io.fleetcompat.query.replica;

import java.util.Arrays;

/** Longs that leave and longs that come. One thread. */
final class KeyChanges {

  private long[] removed = {};
  private long[] added = {};
  private int removedSize;
  private int addedSize;

  void remove(long key) {
    if (removedSize == removed.length) {
      removed = Arrays.copyOf(removed, Math.max(4, removedSize * 2));
    }
    removed[removedSize++] = key;
  }

  void add(long key) {
    if (addedSize == added.length) {
      added = Arrays.copyOf(added, Math.max(4, addedSize * 2));
    }
    added[addedSize++] = key;
  }

  boolean isEmpty() {
    return removedSize + addedSize == 0;
  }

  long[] removed() {
    return Arrays.copyOf(removed, removedSize);
  }

  long[] added() {
    return Arrays.copyOf(added, addedSize);
  }
}
