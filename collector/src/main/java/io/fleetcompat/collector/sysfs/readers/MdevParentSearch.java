package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.DirectoryEntries;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.MdevTypeList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A search for the devices that offer mdev types: {@code class/mdev_bus/<parent>}, and whatever
 * below {@code devices} has {@code mdev_supported_types}. Each part is searched once, when it is
 * first asked for. For one thread.
 */
final class MdevParentSearch {

  static final String TYPES = MdevTypeList.DIRECTORY;

  /** Never parents, and thousands of nodes: runtime power management, CPUs, memory blocks. */
  private static final Set<String> NOT_WALKED = Set.of("power", "devices/system");

  private final Scan scan;
  private final Map<String, String> lost = new TreeMap<>();
  private Optional<Set<Node>> inClass = Optional.empty();
  private Optional<Set<Node>> elsewhere = Optional.empty();

  MdevParentSearch(Scan scan) {
    this.scan = scan;
  }

  /** The parents that the kernel's class lists. */
  Set<Node> inClass() {
    if (inClass.isEmpty()) {
      Set<Node> found = new LinkedHashSet<>();
      scan.each("class/mdev_bus", (_, parent) -> found.add(parent), lost::put);
      inClass = Optional.of(found);
    }
    return inClass.get();
  }

  /** Those that the class lists and that cannot be looked at, by name, and why. */
  Map<String, String> lost() {
    Set<Node> _ = inClass();
    return lost;
  }

  /** The parents that only a walk finds. Links are not followed, so the walk ends. */
  Set<Node> elsewhere() {
    if (elsewhere.isEmpty()) {
      Set<Node> found = new LinkedHashSet<>();
      scan.node("devices").ifPresent(devices -> walk(devices, 1, found));
      found.removeAll(inClass());
      elsewhere = Optional.of(found);
    }
    return elsewhere.get();
  }

  private void walk(Node node, int depth, Set<Node> found) {
    if (depth > scan.bounds().depth()) {
      scan.tooDeep(node);
      return;
    }
    for (DirectoryEntries.Entry entry : scan.walk(node).entries()) {
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
