package io.fleetcompat.collector;

import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.HostEndpoints.Device;
import io.fleetcompat.inventory.HostEndpoints.Offer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The hashes of a host's endpoints: enough to say which of them another reading changed, and
 * nothing else of a reading. Those of types that repeat are kept once. Immutable.
 *
 * @param byParent hashes by the name of the device or type, by its parent; devices have none
 */
record EndpointHashes(SortedMap<String, Map<String, Integer>> byParent) {

  static final EndpointHashes NONE = new EndpointHashes(new TreeMap<>());

  private static final String NO_PARENT = "";

  static EndpointHashes of(HostEndpoints endpoints) {
    SortedMap<String, Map<String, Integer>> byParent = new TreeMap<>();
    IdentityHashMap<List<Endpoint>, Map<String, Integer>> lists = new IdentityHashMap<>();
    Map<String, Integer> devices = new HashMap<>();
    for (HostEndpoints.Part part : endpoints.parts()) {
      switch (part) {
        case Device(Endpoint device) -> devices.put(device.name().name(), device.hashCode());
        case Offer(String parent, List<Endpoint> types) ->
            byParent.put(parent, lists.computeIfAbsent(types, EndpointHashes::hashes));
      }
    }
    byParent.put(NO_PARENT, devices);
    return new EndpointHashes(byParent);
  }

  private static Map<String, Integer> hashes(List<Endpoint> types) {
    Map<String, Integer> hashes = new HashMap<>();
    types.forEach(type -> hashes.put(type.name().name(), type.hashCode()));
    return hashes;
  }

  /** The first of the endpoints that came, went or changed, as they are spelled; sorted. */
  List<String> changedSince(EndpointHashes before, int most) {
    SortedSet<String> changed = new TreeSet<>();
    Set<String> parents = new HashSet<>(byParent.keySet());
    parents.addAll(before.byParent.keySet());
    for (String parent : parents) {
      Map<String, Integer> now = byParent.getOrDefault(parent, Map.of());
      Map<String, Integer> then = before.byParent.getOrDefault(parent, Map.of());
      if (!now.equals(then)) {
        names(now, then).forEach(name -> add(spelled(parent, name), changed, most));
      }
    }
    return List.copyOf(changed);
  }

  private static Stream<String> names(Map<String, Integer> now, Map<String, Integer> then) {
    return Stream.concat(now.keySet().stream(), then.keySet().stream())
        .filter(name -> !Objects.equals(now.get(name), then.get(name)));
  }

  private static String spelled(String parent, String name) {
    return (parent.isEmpty() ? EndpointName.device(name) : EndpointName.type(parent, name))
        .toString();
  }

  private static void add(String name, SortedSet<String> changed, int most) {
    changed.add(name);
    if (changed.size() > most) {
      changed.removeLast();
    }
  }
}
