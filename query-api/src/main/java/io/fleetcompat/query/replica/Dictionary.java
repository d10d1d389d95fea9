package io.fleetcompat.query.replica;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers for names, dense, given once and never taken back: it only grows, so every view shares
 * it. One thread adds; any number of threads read, and see what was added before their view.
 *
 * <p>Open addressing over one array of longs, half full at most: where a name is found, one cache
 * line of the table was read, however many names there are.
 */
final class Dictionary<K> {

  private static final int FIRST_CAPACITY = 1024;
  private static final long EMPTY = 0;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Not to be guessed: what names collide differs from process to process. */
  private static final long SEED = new SecureRandom().nextLong();

  /** Of each name at its place: its hash in the upper half, its number plus one in the lower. */
  private volatile AtomicLongArray table = new AtomicLongArray(2 * FIRST_CAPACITY);

  private volatile Object[] names = new Object[FIRST_CAPACITY];
  private volatile int size;

  /** The number of that name; given now if it is new. */
  int add(K name) {
    int known = find(name);
    if (known >= 0) {
      return known;
    }
    if (size == names.length) {
      grow();
    }
    int number = size;
    names[number] = name;
    enter(table, hash(name), number);
    size = number + 1;
    return number;
  }

  /** The number of that name; -1 where it has none. */
  int find(K name) {
    AtomicLongArray at = table;
    int hash = hash(name);
    for (int place = place(hash, at); ; place = next(place, at)) {
      long entry = at.get(place);
      if (entry == EMPTY) {
        return -1;
      }
      int number = (int) entry - 1;
      if ((int) (entry >>> 32) == hash && names[number].equals(name)) {
        return number;
      }
    }
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only add puts anything in
  K name(int number) {
    return (K) names[number];
  }

  private void grow() {
    AtomicLongArray next = new AtomicLongArray(4 * size);
    for (int number = 0; number < size; number++) {
      enter(next, hash(names[number]), number);
    }
    names = Arrays.copyOf(names, 2 * size);
    table = next;
  }

  private static void enter(AtomicLongArray table, int hash, int number) {
    int place = place(hash, table);
    while (table.get(place) != EMPTY) {
      place = next(place, table);
    }
    table.set(place, ((long) hash << 32) | (number + 1));
  }

  /** Of our own where anybody may choose the name: String's, so that lookups crawl. */
  private static int hash(Object name) {
    long hash = SEED;
    if (name instanceof String text) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * MIX;
        hash ^= hash >>> 29;
      }
    } else {
      hash ^= name.hashCode(); // of a fingerprint, which nobody chooses
    }
    return (int) ((hash * MIX) >>> 32); // places are taken from the upper bits
  }

  private static int place(int hash, AtomicLongArray table) {
    return hash >>> Integer.numberOfLeadingZeros(table.length() - 1);
  }

  private static int next(int place, AtomicLongArray table) {
    return (place + 1) & (table.length() - 1);
  }
}
