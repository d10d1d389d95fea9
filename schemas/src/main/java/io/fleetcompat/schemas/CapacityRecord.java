package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The capacities of a host as a heartbeat has them: those that repeat once. Pure. */
public final class CapacityRecord {

  private static final RepeatedTypes.Naming<Map.Entry<String, Integer>> NAMING =
      new RepeatedTypes.Naming<>() {
        @Override
        public String name(Map.Entry<String, Integer> entry) {
          return entry.getKey();
        }

        @Override
        public Map.Entry<String, Integer> named(Map.Entry<String, Integer> entry, String name) {
          return Map.entry(name, entry.getValue());
        }
      };

  private CapacityRecord() {}

  /**
   * A heartbeat.
   *
   * @param capacity instances by type endpoint, as it is spelled
   * @param probes whether the collector asks drivers when it is asked to
   */
  public static HostCapacity of(
      String host,
      DocumentVersion document,
      Instant at,
      SortedMap<String, Integer> capacity,
      boolean probes) {
    RepeatedTypes.Grouped<Map.Entry<String, Integer>> grouped =
        RepeatedTypes.group(capacity.entrySet(), NAMING);
    List<CapacityOffer> offers =
        grouped.groups().stream()
            .map(group -> new CapacityOffer(group.parents(), map(group.types())))
            .toList();
    return new HostCapacity(
        host, document.epoch(), document.sequence(), at, map(grouped.others()), probes, offers);
  }

  private static SortedMap<String, Integer> map(List<Map.Entry<String, Integer>> entries) {
    SortedMap<String, Integer> map = new TreeMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
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
