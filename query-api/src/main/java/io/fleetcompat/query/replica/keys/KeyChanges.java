package io.fleetcompat.query.replica.keys;

import java.util.Arrays;

/** Keys that leave and keys that come; both are given in order of host and index. One thread. */
public final class KeyChanges {

  private static final long[] NONE = {};

  private long[] removed = NONE;
  private long[] added = NONE;
  private int removedSize;
  private int addedSize;

  public void remove(long key) {
    if (removedSize == removed.length) {
      removed = Arrays.copyOf(removed, Math.max(4, removedSize * 2));
    }
    removed[removedSize++] = key;
  }

  public void add(long key) {
    if (addedSize == added.length) {
      added = Arrays.copyOf(added, Math.max(4, addedSize * 2));
    }
    added[addedSize++] = key;
  }

  public OrderedKeys applyTo(OrderedKeys old) {
    return removedSize + addedSize == 0
        ? old
        : old.with(sorted(removed, removedSize), sorted(added, addedSize));
  }

  /** In the order of candidates: by capacity, and within it as they came. */
  private static long[] sorted(long[] keys, int size) {
    long[] byCapacity = new long[size];
    for (int i = 0; i < size; i++) {
      byCapacity[i] = CandidateKey.capacityOrder(keys[i]) << Integer.SIZE | i;
    }
    Arrays.sort(byCapacity);
    for (int i = 0; i < size; i++) {
      byCapacity[i] = keys[(int) byCapacity[i]];
    }
    return byCapacity;
  }
}
