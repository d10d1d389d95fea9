package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Look;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes that an endpoint depends on beside its own: the PCI function or parent that holds it,
 * the physical function of that, and the facts about all of them. For one thread.
 */
final class RelatedNodes {

  private final PhysicalFunctions physical;
  private final MdevParents parents;
  private final HostFacts facts;

  RelatedNodes(PhysicalFunctions physical, MdevParents parents, HostFacts facts) {
    this.physical = physical;
    this.parents = parents;
    this.facts = facts;
  }

  /** The endpoint at a node, with what else it depends on. */
  Endpoint complete(Endpoint endpoint, Node node) {
    return endpoint.with(of(endpoint, node));
  }

  /** The physical function of the virtual one that an endpoint is or that holds it. */
  Optional<Node> physical(Endpoint endpoint, Node node) {
    Node holder = holder(endpoint, node);
    return PciIds.isFunction(holder) && physical.of(holder) instanceof Look.Into(Node above)
        ? Optional.of(above)
        : Optional.empty();
  }

  private Related of(Endpoint endpoint, Node node) {
    Node holder = holder(endpoint, node);
    boolean function = PciIds.isFunction(holder);
    return new Related(
        function ? physical.attributes(holder) : Attributes.NONE,
        function ? Attributes.NONE : parent(endpoint, holder),
        facts.of(names(endpoint, holder, function)));
  }

  private Attributes parent(Endpoint endpoint, Node holder) {
    return switch (endpoint.kind()) {
      case MDEV_TYPE, MDEV_DEVICE, PARENT_DEVICE -> parents.attributes(holder, endpoint.mdevType());
      case PCI_FUNCTION, VIRTIO_DEVICE, NVIDIA_TYPE -> Attributes.NONE;
    };
  }

  /** The PCI function that the endpoint is or that holds it; or a parent that is none. */
  private static Node holder(Endpoint endpoint, Node node) {
    return switch (endpoint.kind()) {
      case MDEV_TYPE -> node.parent().parent();
      case MDEV_DEVICE, VIRTIO_DEVICE -> node.parent();
      case PCI_FUNCTION, PARENT_DEVICE, NVIDIA_TYPE -> node;
    };
  }

  /** The devices whose facts hold for an endpoint, the nearest first. */
  private List<String> names(Endpoint endpoint, Node holder, boolean function) {
    List<String> names = new ArrayList<>();
    if (!endpoint.kind().isType()) {
      names.add(endpoint.name().name());
    }
    names.add(holder.name());
    Optional<Node> above =
        function && physical.of(holder) instanceof Look.Into(Node found)
            ? Optional.of(found)
            : Optional.empty();
    above.ifPresent(node -> names.add(node.name()));
    return names;
  }
}
