package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.HostEndpoints.Device;
import io.fleetcompat.inventory.HostEndpoints.Offer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The version attributes that the newest scan of a host has read: the only ones that a string may
 * ever be written to. Those of types that repeat are kept once. One thread scans; any may ask.
 */
public final class VersionAttributes {

  private volatile Newest newest = new Newest(Map.of(), Map.of());

  /**
   * The newest ones.
   *
   * @param single by name
   * @param offers those of types that are where the types of their parent are, by that
   */
  private record Newest(Map<EndpointName, VersionAttribute> single, Map<String, Types> offers) {

    Optional<VersionAttribute> find(EndpointName name) {
      return Optional.ofNullable(single.get(name))
          .or(
              () ->
                  name.parent()
                      .flatMap(parent -> Optional.ofNullable(offers.get(parent)))
                      .flatMap(types -> types.find(name)));
    }
  }

  /** Types of the parent at a node, by their own names alone. */
  private record Types(Node parent, List<Endpoint> types) {

    Optional<VersionAttribute> find(EndpointName name) {
      return types.stream()
          .filter(type -> type.name().name().equals(name.name()))
          .findFirst()
          .flatMap(
              type -> VersionAttribute.of(type.named(name), EndpointPlaces.type(parent, name)));
    }
  }

  void learn(HostEndpoints endpoints, EndpointPlaces places) {
    Map<EndpointName, VersionAttribute> single = new HashMap<>();
    Map<String, Types> offers = new HashMap<>();
    IdentityHashMap<List<Endpoint>, List<Endpoint>> versioned = new IdentityHashMap<>();
    for (HostEndpoints.Part part : endpoints.parts()) {
      switch (part) {
        case Device(Endpoint device) -> add(device, places, single);
        case Offer(String parent, List<Endpoint> types) -> {
          List<Endpoint> some = versioned.computeIfAbsent(types, VersionAttributes::versioned);
          if (!some.isEmpty()) {
            places.parent(parent).ifPresent(node -> offers.put(parent, new Types(node, some)));
          }
          for (Endpoint type : some) {
            add(type.named(EndpointName.type(parent, type.name().name())), places, single);
          }
        }
      }
    }
    newest = new Newest(Map.copyOf(single), Map.copyOf(offers));
  }

  private static void add(
      Endpoint endpoint, EndpointPlaces places, Map<EndpointName, VersionAttribute> single) {
    places
        .find(endpoint.name())
        .flatMap(node -> VersionAttribute.of(endpoint, node))
        .ifPresent(version -> single.put(endpoint.name(), version));
  }

  private static List<Endpoint> versioned(List<Endpoint> types) {
    Node anywhere = new Node("");
    return types.stream().filter(type -> VersionAttribute.of(type, anywhere).isPresent()).toList();
  }

  /** The attribute of an endpoint; empty where the newest scan read none. */
  public Optional<VersionAttribute> find(EndpointName endpoint) {
    return newest.find(endpoint);
  }
}
