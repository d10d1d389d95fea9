package io.fleetcompat.query.replica;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dense numbers for names, given once and never taken back: a dictionary only grows, so every view
 * shares it. One thread adds; any number of threads read, and see what was added before their view.
 *
 * <p>A number is entered after its name is in the array, so whoever finds the number, in the map or
 * in a view, finds the name. An array that was copied to grow holds the same names.
 */
final class Dictionary<K> {

  private static final int FIRST_CAPACITY = 1024;

  private final int limit;
  private final ConcurrentHashMap<K, Integer> numbers = new ConcurrentHashMap<>();
  private volatile Object[] names = new Object[FIRST_CAPACITY];

  /** A dictionary of at most so many names. */
  Dictionary(int limit) {
    this.limit = limit;
  }

  /**
   * The number of that name; given now if it is new.
   *
   * @throws IllegalStateException where the dictionary is full
   */
  int add(K name) {
    int known = find(name);
    if (known >= 0) {
      return known;
    }
    int number = numbers.size();
    if (number == limit) {
      throw new IllegalStateException(
          "expected at most " + limit + " names, found another; start the replica again");
    }
    if (number == names.length) {
      names = Arrays.copyOf(names, 2 * number);
    }
    names[number] = name;
    numbers.put(name, number);
    return number;
  }

  /** The number of that name; -1 where it has none. */
  int find(K name) {
    return numbers.getOrDefault(name, -1);
  }

  int size() {
    return numbers.size();
  }

  @SuppressWarnings("unchecked") // only add puts anything in
  K name(int number) {
    return (K) names[number];
  }
}
