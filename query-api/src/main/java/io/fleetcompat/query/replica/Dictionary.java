package io.fleetcompat.query.replica;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers for names, dense, given once and never taken back: it only grows, so every view shares
 * it. One thread adds; any number of threads read, and see what was added before their view.
 */
final class Dictionary<K> {

  private static final int FIRST_CAPACITY = 1024;

  private final ConcurrentHashMap<K, Integer> numbers = new ConcurrentHashMap<>();
  private volatile Object[] names = new Object[FIRST_CAPACITY];
  private volatile int size;

  /** The number of that name; given now if it is new. */
  int add(K name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
    }
    int number = size;
    names[number] = name;
    numbers.put(name, number);
    size = number + 1;
    return number;
  }

  /** The number of that name; -1 where it has none. */
  int find(K name) {
    Integer number = numbers.get(name);
    return number == null ? -1 : number;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only add puts anything in
  K name(int number) {
    return (K) names[number];
  }
}
