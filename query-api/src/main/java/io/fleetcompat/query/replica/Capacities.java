package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The number of instances of each type that a host can still create. Hosts that are alike share one
 * object.
 */
public final class Capacities {

  static final Capacities NONE = new Capacities(new String[0], new int[0], List.of(), Map.of());

  private final String[] names;
  private final int[] values;

  /** Those that repeat, as a heartbeat has them, and the others; both empty where none repeats. */
  private final List<CapacityOffer> offers;

  private final Map<String, Integer> others;

  private Capacities(
      String[] names, int[] values, List<CapacityOffer> offers, Map<String, Integer> others) {
    this.names = names;
    this.values = values;
    this.offers = offers;
    this.others = others;
  }

  static Capacities of(HostCapacity heartbeat, Interner<String> strings) {
    Map<String, Integer> byEndpoint = CapacityRecord.capacity(heartbeat);
    List<CapacityOffer> offers = heartbeat.getOffers();
    String[] names = byEndpoint.keySet().toArray(String[]::new);
    Arrays.sort(names);
    int[] values = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = byEndpoint.getOrDefault(names[i], CandidateKey.NO_CAPACITY);
      names[i] = strings.intern(names[i]);
    }
    return names.length == 0
        ? NONE
        : new Capacities(
            names, values, offers, offers.isEmpty() ? Map.of() : heartbeat.getCapacity());
  }

  /**
   * True where a heartbeat of types that repeat certainly has these numbers, told without writing
   * them out for each parent. A no says nothing.
   */
  boolean areOf(HostCapacity heartbeat) {
    List<CapacityOffer> theirs = heartbeat.getOffers();
    if (theirs.isEmpty()
        || theirs.size() != offers.size()
        || !others.equals(heartbeat.getCapacity())) {
      return false;
    }
    for (int i = 0; i < offers.size(); i++) {
      if (!offers.get(i).getParents().equals(theirs.get(i).getParents())
          || !offers.get(i).getCapacity().equals(theirs.get(i).getCapacity())) {
        return false;
      }
    }
    return true;
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
