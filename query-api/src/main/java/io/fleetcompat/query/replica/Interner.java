package io.fleetcompat.query.replica;

import java.util.HashMap;
import java.util.Map;

/** Gives equal values one instance, as long as it remembers them. One thread. */
final class Interner<T> {

  /** Most values remembered; then it starts again. */
  static final int MAX_VALUES = 1 << 18;

  private final Map<T, T> values = new HashMap<>();

  T intern(T value) {
    T known = values.get(value);
    if (known != null) {
      return known;
    }
    if (values.size() == MAX_VALUES) {
      values.clear();
    }
    values.put(value, value);
    return value;
  }
}
