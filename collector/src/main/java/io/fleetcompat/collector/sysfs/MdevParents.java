package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.ProblemCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The devices that offer mdev types: {@code class/mdev_bus/<parent>}, and whatever below {@code
 * devices} has {@code mdev_supported_types}.
 */
final class MdevParents {

  static final String TYPES = "mdev_supported_types";

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

  /** Those found so far. */
  Set<Node> all() {
    return parents;
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
}
