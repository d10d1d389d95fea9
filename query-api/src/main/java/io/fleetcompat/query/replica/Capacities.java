package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.Arrays;
import java.util.Map;

/**
 * The number of instances of each type that a host can still create. Hosts that are alike share one
 * object.
 */
public final class Capacities {

  static final Capacities NONE = new Capacities(new String[0], new int[0]);

  private final String[] names;
  private final int[] values;

  private Capacities(String[] names, int[] values) {
    this.names = names;
    this.values = values;
  }

  static Capacities of(Map<String, Integer> byEndpoint, Interner<String> strings) {
    String[] names = byEndpoint.keySet().toArray(String[]::new);
    Arrays.sort(names);
    int[] values = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = byEndpoint.getOrDefault(names[i], CandidateKey.NO_CAPACITY);
      names[i] = strings.intern(names[i]);
    }
    return names.length == 0 ? NONE : new Capacities(names, values);
  }

  /** {@link CandidateKey#NO_CAPACITY} where the host said nothing of that endpoint. */
  public int of(String endpoint) {
    int index = Arrays.binarySearch(names, endpoint);
    return index < 0 ? CandidateKey.NO_CAPACITY : values[index];
  }

  /** The capacities of all endpoints of a table, by their index: both are sorted by name. */
  int[] of(EndpointTable endpoints) {
    int[] all = new int[endpoints.size()];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      String endpoint = endpoints.name(i);
      while (next < names.length && names[next].compareTo(endpoint) < 0) {
        next++;
      }
      boolean found = next < names.length && names[next].equals(endpoint);
      all[i] = found ? values[next] : CandidateKey.NO_CAPACITY;
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Capacities that
        && Arrays.equals(values, that.values)
        && Arrays.equals(names, that.names);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
  }
}
