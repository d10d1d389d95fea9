package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
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
final class ParentDevices implements EndpointReader {

  private static final List<String> BUSES =
      List.of("bus/css/devices", "bus/ap/devices", "bus/platform/devices");

  private final Scan scan;
  private final PciIds pci;
  private final MdevParentSearch parents;

  ParentDevices(Scan scan, PciIds pci, MdevParentSearch parents) {
    this.scan = scan;
    this.pci = pci;
    this.parents = parents;
  }

  @Override
  public void read(HostFindings findings) {
    Set<Node> candidates = new LinkedHashSet<>(parents.inClass());
    candidates.addAll(parents.elsewhere());
    for (String path : BUSES) {
      scan.each(path, (_, node) -> candidates.add(node));
    }
    candidates.stream()
        .filter(node -> !PciIds.isFunction(node))
        .forEach(node -> scan.attempt(node, () -> read(node, findings)));
  }

  private void read(Node node, HostFindings findings) {
    SortedMap<String, Attribute> own = MigrationInterface.read(scan, node, false);
    if (own.isEmpty()) {
      return;
    }
    findings.add(
        new Endpoint(
            EndpointName.device(node.name()),
            EndpointKind.PARENT_DEVICE,
            Optional.empty(),
            Attributes.of(own),
            Attributes.NONE,
            pci.of(node)),
        node);
  }
}
