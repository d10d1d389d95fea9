package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The number of instances of each type that a host can still create, and which of its devices are
 * in use. Hosts that are alike share one object.
 */
public final class Capacities {

  static final Capacities NONE =
      new Capacities(new String[0], new int[0], List.of(), Map.of(), Map.of());

  private final String[] names;
  private final int[] values;

  /** Those that repeat, as a heartbeat has them, and the others; both empty where none repeats. */
  private final List<CapacityOffer> offers;

  private final Map<String, Integer> others;

  /** True for a device that is in use, false for one that is free. */
  private final Map<String, Boolean> inUse;

  private Capacities(
      String[] names,
      int[] values,
      List<CapacityOffer> offers,
      Map<String, Integer> others,
      Map<String, Boolean> inUse) {
    this.names = names;
    this.values = values;
    this.offers = offers;
    this.others = others;
    this.inUse = inUse;
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
    return names.length == 0 && heartbeat.getInUse().isEmpty()
        ? NONE
        : new Capacities(
            names,
            values,
            offers,
            offers.isEmpty() ? Map.of() : heartbeat.getCapacity(),
            uses(heartbeat, strings));
  }

  private static Map<String, Boolean> uses(HostCapacity heartbeat, Interner<String> strings) {
    if (heartbeat.getInUse().isEmpty()) {
      return Map.of();
    }
    Map<String, Boolean> uses = new HashMap<>();
    heartbeat.getInUse().forEach((device, used) -> uses.put(strings.intern(device), used));
    return Map.copyOf(uses);
  }

  /** The use of a device that exists. */
  public Use use(String device) {
    Boolean used = inUse.get(device);
    if (used == null) {
      return Use.UNKNOWN;
    }
    return used ? Use.IN_USE : Use.FREE;
  }

  /** The same numbers, where nobody knows which devices are in use. */
  Capacities withoutUses() {
    if (inUse.isEmpty()) {
      return this;
    }
    return names.length == 0 ? NONE : new Capacities(names, values, offers, others, Map.of());
  }

  /**
   * The same, held where others hold those numbers.
   *
   * @param numbers equal to these without uses
   */
  Capacities withNumbersOf(Capacities numbers) {
    return inUse.isEmpty()
        ? numbers
        : new Capacities(numbers.names, numbers.values, numbers.offers, numbers.others, inUse);
  }

  /**
   * True where a heartbeat of types that repeat certainly has these numbers, told without writing
   * them out for each parent. A no says nothing.
   */
  boolean areOf(HostCapacity heartbeat) {
    List<CapacityOffer> theirs = heartbeat.getOffers();
    if (theirs.isEmpty()
        || theirs.size() != offers.size()
        || !inUse.equals(heartbeat.getInUse())
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

  /**
   * The number of machines that an endpoint takes more: a type its capacity, a device one where it
   * is free and none where it is in use. {@link CandidateKey#NO_CAPACITY} where nobody tells.
   */
  public int room(EndpointTable endpoints, int index) {
    String name = endpoints.name(index);
    return endpoints.isType(index) ? of(name) : room(use(name));
  }

  /** The room of a device. */
  public static int room(Use use) {
    return switch (use) {
      case FREE -> 1;
      case IN_USE -> 0;
      case UNKNOWN -> CandidateKey.NO_CAPACITY;
    };
  }

  /** The {@link #room} of all endpoints of a table, by their index: both are sorted by name. */
  int[] rooms(EndpointTable endpoints) {
    int[] all = new int[endpoints.size()];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      String endpoint = endpoints.name(i);
      while (next < names.length && names[next].compareTo(endpoint) < 0) {
        next++;
      }
      boolean found = next < names.length && names[next].equals(endpoint);
      all[i] = found ? values[next] : CandidateKey.NO_CAPACITY;
      if (!inUse.isEmpty() && !endpoints.isType(i)) {
        all[i] = room(use(endpoint));
      }
    }
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Capacities that
        && Arrays.equals(values, that.values)
        && Arrays.equals(names, that.names)
        && inUse.equals(that.inUse);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(names) + Arrays.hashCode(values)) + inUse.hashCode();
  }
}
