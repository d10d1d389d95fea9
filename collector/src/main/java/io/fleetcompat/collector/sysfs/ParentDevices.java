package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * {@code bus/{css,ap,platform}/devices/<device>} and the parents of mdev types: endpoints are those
 * that have a migration interface of their own and are no PCI functions.
 */
final class ParentDevices {

  private static final List<String> BUSES =
      List.of("bus/css/devices", "bus/ap/devices", "bus/platform/devices");

  private final Scan scan;
  private final MdevParents parents;
  private final PciFunctions pci;

  ParentDevices(Scan scan, MdevParents parents, PciFunctions pci) {
    this.scan = scan;
    this.parents = parents;
    this.pci = pci;
  }

  void read(Inventory inventory) {
    Set<Node> candidates = new LinkedHashSet<>(parents.all());
    for (String path : BUSES) {
      scan.each(path, (_, node) -> candidates.add(node));
    }
    candidates.stream()
        .filter(node -> !PciFunctions.isFunction(node))
        .forEach(node -> scan.attempt(node, () -> read(node, inventory)));
  }

  private void read(Node node, Inventory inventory) {
    SortedMap<String, Attribute> own = MigrationInterface.read(scan, node, false);
    if (own.isEmpty()) {
      return;
    }
    inventory.add(
        new Endpoint(
            EndpointName.device(node.name()),
            EndpointKind.PARENT_DEVICE,
            Optional.empty(),
            Attributes.of(own),
            Attributes.NONE,
            pci.ids(node)),
        node);
  }
}
