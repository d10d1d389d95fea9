package io.fleetcompat.query.replica;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Dense numbers for names, given once and never taken back: a dictionary only grows, so every view
 * shares it. Any number of threads read, and see what was added before their view; those that add,
 * the follower of the index and whoever makes a view of the past, take turns.
 *
 * <h2>Why this structure</h2>
 *
 * <p>Every question begins with two or three names, of a fleet of 100,000 hosts whose names do not
 * fit in the processor's caches. The table is open addressing with linear probing over one array of
 * longs, half full at most. An entry holds 32 bits of the name's hash beside its number, so that a
 * probe over other names reads no other memory: a name that is found costs one cache line of the
 * table, its reference, and the string itself; a name that is absent costs the line of the table
 * alone. A {@code ConcurrentHashMap} follows a node and a boxed number besides, and keeps 64 bytes
 * a name where this keeps 24 (16 in the table, half of which is empty, and 4 to 8 for the
 * reference). Names are never removed, so there are no tombstones. Figures: ADR 0017.
 *
 * <h2>Memory order</h2>
 *
 * <p>The writer puts the name into {@code names} first and the entry into the table last, with a
 * volatile store; a reader loads the entry with a volatile load, so the name of each number that it
 * finds is there for it. When the arrays grow, the larger {@code names} is published before the
 * larger table, so a number from either table is within the array that is read after it. A reader
 * that still probes an old table misses what was added since, which its view does not have.
 *
 * <h2>Hostile names</h2>
 *
 * <p>Names come from outside. {@code String.hashCode} lets anybody choose thousands of names of one
 * hash, and linear probing would compare a question with all of them. The hash here begins with a
 * random number that each process chooses.
 */
public final class Dictionary<K> {

  private static final int FIRST_CAPACITY = 1024;

  /** Most names that any dictionary may hold: four places each are still an array. */
  private static final int MAX_LIMIT = 1 << 26;

  /** An entry of a table that is none. */
  static final long EMPTY = 0;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Secret, so that nobody can choose names that collide. */
  private static final long SEED = new SecureRandom().nextLong();

  /** The hash of a name in the upper half of its entry, its number plus one in the lower. */
  private volatile AtomicLongArray table = new AtomicLongArray(2 * FIRST_CAPACITY);

  private volatile Object[] names = new Object[FIRST_CAPACITY];
  private volatile int size;

  private final int limit;

  /** A dictionary of at most so many names. */
  public Dictionary(int limit) {
    if (limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "expected a limit of at most " + MAX_LIMIT + " names, found " + limit);
    }
    this.limit = limit;
  }

  /** The same names with the same numbers, apart from this one from now on. */
  synchronized Dictionary<K> copy() {
    Dictionary<K> copy = new Dictionary<>(limit);
    copy.names = names.clone();
    copy.size = size;
    AtomicLongArray entries = new AtomicLongArray(table.length());
    for (int place = 0; place < entries.length(); place++) {
      entries.setPlain(place, table.getPlain(place));
    }
    copy.table = entries;
    return copy;
  }

  /**
   * The number of that name; given now if it is new.
   *
   * @throws IllegalStateException where the dictionary is full
   */
  public int add(K name) {
    int known = find(name);
    return known >= 0 ? known : addNew(name);
  }

  private synchronized int addNew(K name) {
    int known = find(name);
    if (known >= 0) {
      return known;
    }
    if (size == limit) {
      throw new IllegalStateException(
          "expected at most " + limit + " names, found another; start the replica again");
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
  public int find(K name) {
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

  /** The hash of a string begins with the seed; a fingerprint is a hash already. */
  static int hash(Object name) {
    long hash = SEED;
    if (name instanceof String text) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * MIX;
        hash ^= hash >>> 29;
      }
    } else {
      hash ^= name.hashCode();
    }
    return (int) ((hash * MIX) >>> 32); // places are taken from the upper bits
  }

  /** The place at which the entries of a hash begin. */
  static int place(int hash, AtomicLongArray table) {
    return hash >>> Integer.numberOfLeadingZeros(table.length() - 1);
  }

  /** The place after that one. */
  static int next(int place, AtomicLongArray table) {
    return (place + 1) & (table.length() - 1);
  }
}
