package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes at which the endpoints of a scan were found first, also where they were refused. A type
 * is where its parent is; only one that stands elsewhere is kept. For one thread while it scans.
 */
final class EndpointPlaces {

  private final Map<EndpointName, Node> nodes = new HashMap<>();
  private final Map<String, Node> parents = new HashMap<>();

  /** Keeps the node of a device; gives the one that has its name already, if there is one. */
  Optional<Node> putDevice(EndpointName name, Node node) {
    return Optional.ofNullable(nodes.putIfAbsent(name, node));
  }

  /** Keeps the node of a parent of types, likewise. */
  Optional<Node> putParent(String name, Node node) {
    return Optional.ofNullable(parents.putIfAbsent(name, node));
  }

  /** Keeps where a type is that has a version attribute, unless its parent's place says it. */
  void putType(Endpoint type, Node directory) {
    boolean usual =
        type.name()
            .parent()
            .flatMap(this::parent)
            .map(parent -> type(parent, type.name()))
            .filter(directory::equals)
            .isPresent();
    if (!usual && VersionAttribute.of(type, directory).isPresent()) {
      nodes.put(type.name(), directory);
    }
  }

  /** True where that device was added by that name, or refused. */
  boolean holds(EndpointName name, Node node) {
    return node.equals(nodes.get(name));
  }

  /** The node of a device, or of a type that is not where the types of its parent are. */
  Optional<Node> find(EndpointName name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /** The node of a parent of types. */
  Optional<Node> parent(String name) {
    return Optional.ofNullable(parents.get(name));
  }

  /** The usual node of a type of the parent at a node. */
  static Node type(Node parent, EndpointName type) {
    return new Node(parent.at(MdevParentSearch.TYPES + "/" + type.name()));
  }
}
