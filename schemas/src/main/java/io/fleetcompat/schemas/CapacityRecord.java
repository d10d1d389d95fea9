package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The capacities of a host as a heartbeat has them: those that repeat once. Pure. */
public final class CapacityRecord {

  private CapacityRecord() {}

  /** A heartbeat of a host of whose devices nobody knows whether they are in use. */
  public static HostCapacity of(
      String host, DocumentId document, Instant at, Capacities capacity, boolean probes) {
    return of(host, document, at, capacity, Collections.emptySortedMap(), probes);
  }

  /**
   * A heartbeat.
   *
   * @param document that it vouches for
   * @param capacity instances by type endpoint
   * @param inUse by device, spelled as endpoints are: whether a process has it open
   * @param probes whether the collector asks drivers when it is asked to
   */
  public static HostCapacity of(
      String host,
      DocumentId document,
      Instant at,
      Capacities capacity,
      SortedMap<String, Boolean> inUse,
      boolean probes) {
    Map<Map<String, Integer>, List<String>> parentsOf = new LinkedHashMap<>();
    capacity
        .byParent()
        .forEach(
            (parent, types) ->
                parentsOf
                    .computeIfAbsent(types, _ -> new ArrayList<>())
                    .add(EndpointName.encode(parent)));
    SortedMap<String, Integer> single = new TreeMap<>();
    List<CapacityOffer> offers = new ArrayList<>();
    parentsOf.forEach(
        (types, parents) -> {
          if (parents.size() > 1) {
            Collections.sort(parents);
            offers.add(new CapacityOffer(parents, encoded("", types)));
          } else {
            single.putAll(encoded(parents.getFirst() + "/", types));
          }
        });
    return new HostCapacity(
        host,
        document.version().epoch(),
        document.version().sequence(),
        at,
        single,
        probes,
        offers,
        document.digest().map(DocumentDigest::bytes).orElse(null),
        inUse);
  }

  private static SortedMap<String, Integer> encoded(String prefix, Map<String, Integer> types) {
    SortedMap<String, Integer> encoded = new TreeMap<>();
    types.forEach((type, number) -> encoded.put(prefix + EndpointName.encode(type), number));
    return encoded;
  }

  /** The instances by type endpoint. */
  public static Map<String, Integer> capacity(HostCapacity heartbeat) {
    if (heartbeat.getOffers().isEmpty()) {
      return heartbeat.getCapacity();
    }
    SortedMap<String, Integer> all = new TreeMap<>(heartbeat.getCapacity());
    for (CapacityOffer offer : heartbeat.getOffers()) {
      for (String parent : offer.getParents()) {
        offer.getCapacity().forEach((type, number) -> all.put(parent + "/" + type, number));
      }
    }
    return all;
  }

  /** The number of capacities, without making them. */
  static long size(HostCapacity heartbeat) {
    return heartbeat.getOffers().stream()
        .mapToLong(offer -> (long) offer.getParents().size() * offer.getCapacity().size())
        .reduce(heartbeat.getCapacity().size(), Math::addExact);
  }
}
