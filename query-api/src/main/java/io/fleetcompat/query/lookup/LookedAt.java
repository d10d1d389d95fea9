package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Destinations.Destination;
import java.util.ArrayList;
import java.util.List;

/**
 * The destinations of a device that were looked at, best first: the first types, and the first
 * devices that exist. One thread.
 */
final class LookedAt<V> {

  /** Most types that are kept, and most devices. */
  static final int MAX_KEPT = 256;

  private final List<Destination<V>> all = new ArrayList<>();
  private final List<Destination<V>> types = new ArrayList<>();
  private long notLookedAt;

  void add(Destination<V> to) {
    boolean type = !to.endpoint().isDevice();
    if ((type ? types.size() : all.size() - types.size()) == MAX_KEPT) {
      notLookedAt++;
      return;
    }
    all.add(to);
    if (type) {
      types.add(to);
    }
  }

  /** Counts destinations that nobody has looked at. */
  void addNotLookedAt(long more) {
    notLookedAt += more;
  }

  List<Destination<V>> all() {
    return all;
  }

  List<Destination<V>> types() {
    return types;
  }

  /** The number of the others. */
  long notLookedAt() {
    return notLookedAt;
  }
}
