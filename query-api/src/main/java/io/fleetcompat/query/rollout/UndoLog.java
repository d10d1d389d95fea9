package io.fleetcompat.query.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The numbers in arrays before they were set, and the hosts that it concerns. One thread. */
final class UndoLog {

  private static final int[] TOUCHED = {};

  private final List<int[]> arrays = new ArrayList<>();
  private int[] places = new int[64];
  private int[] values = new int[64];

  /** Notes a number that is about to be set. */
  void note(int[] array, int at) {
    push(array, at, array[at]);
  }

  /** Notes that a host is not as it was. */
  void touch(int host) {
    push(TOUCHED, host, 0);
  }

  private void push(int[] array, int at, int value) {
    int size = arrays.size();
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    places[size] = at;
    values[size] = value;
    arrays.add(array);
  }

  int size() {
    return arrays.size();
  }

  /**
   * Sets the numbers back.
   *
   * @param mark a size of before
   * @param touched gets each host that is as it was again, once all numbers are
   */
  void undo(int mark, IntConsumer touched) {
    int end = arrays.size();
    for (int i = end - 1; i >= mark; i--) {
      int[] array = arrays.get(i);
      if (array != TOUCHED) {
        array[places[i]] = values[i];
      }
    }
    for (int i = mark; i < end; i++) {
      if (arrays.get(i) == TOUCHED) {
        touched.accept(places[i]);
      }
    }
    arrays.subList(mark, end).clear();
  }
}
