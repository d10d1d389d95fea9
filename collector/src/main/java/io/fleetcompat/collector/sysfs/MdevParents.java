package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Devices that offer mdev types: {@code class/mdev_bus/<parent>} and whatever below {@code devices}
 * has {@code mdev_supported_types}; and css, ap and platform devices that are endpoints themselves.
 */
final class MdevParents {

  static final String TYPES = "mdev_supported_types";

  private static final List<String> CLASSES =
      List.of("bus/css/devices", "bus/ap/devices", "bus/platform/devices");

  /** Never parents, and thousands of nodes: runtime power management, CPUs, memory blocks. */
  private static final Set<String> NOT_WALKED = Set.of("power", "devices/system");

  private final Scan scan;
  private final Set<Node> parents = new LinkedHashSet<>();

  MdevParents(Scan scan) {
    this.scan = scan;
  }

  /** Those that the kernel's class lists. */
  List<Node> inClass() {
    scan.each("class/mdev_bus", (_, parent) -> parents.add(parent));
    return List.copyOf(parents);
  }

  /** Those that only a walk finds. Links are not followed, so the walk ends. */
  Set<Node> elsewhere() {
    Set<Node> found = new LinkedHashSet<>();
    scan.node("devices").ifPresent(devices -> walk(devices, 1, found));
    found.removeAll(parents);
    parents.addAll(found);
    return found;
  }

  private void walk(Node node, int depth, Set<Node> found) {
    if (depth > scan.bounds().depth()) {
      String detail = "expected at most %d directories deep".formatted(scan.bounds().depth());
      scan.problem(node.path(), ProblemCode.TOO_DEEP, detail);
      return;
    }
    for (DirectoryEntries.Entry entry : scan.list(node).entries()) {
      Node child = new Node(node.at(entry.name()));
      if (entry.name().equals(TYPES)) {
        found.add(node);
      } else if (isWalked(entry, child) && scan.admit()) {
        walk(child, depth + 1, found);
      }
    }
  }

  private boolean isWalked(DirectoryEntries.Entry entry, Node child) {
    return scan.isDirectory(entry, child)
        && !NOT_WALKED.contains(entry.name())
        && !NOT_WALKED.contains(child.path());
  }

  /** Endpoints for css, ap and platform devices with a migration interface of their own. */
  void readDevices(PciFunctions pci, Inventory inventory) {
    Set<Node> candidates = new LinkedHashSet<>(parents);
    for (String path : CLASSES) {
      scan.each(path, (_, node) -> candidates.add(node));
    }
    candidates.stream()
        .filter(node -> !PciFunctions.isFunction(node))
        .forEach(node -> scan.attempt(node, () -> readDevice(node, pci, inventory)));
  }

  private void readDevice(Node node, PciFunctions pci, Inventory inventory) {
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
            pci.ids(node)));
  }
}
