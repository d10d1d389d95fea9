package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.DirectoryEntries;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * {@code <parent>/<uuid>}: the children of mdev parents that have an {@code mdev_type} link, and
 * that the bus does not list.
 */
final class MdevChildren implements EndpointReader {

  private final Scan scan;
  private final MdevDevice device;
  private final Supplier<? extends Collection<Node>> parents;

  MdevChildren(Scan scan, MdevDevice device, Supplier<? extends Collection<Node>> parents) {
    this.scan = scan;
    this.device = device;
    this.parents = parents;
  }

  @Override
  public void read(HostFindings findings) {
    for (Node parent : parents.get()) {
      for (DirectoryEntries.Entry entry : scan.list(parent).entries()) {
        Node child = new Node(parent.at(entry.name()));
        scan.attempt(child, () -> read(entry, child, findings));
      }
    }
  }

  private void read(DirectoryEntries.Entry entry, Node child, HostFindings findings) {
    if (!findings.holds(EndpointName.device(entry.name()), child)
        && scan.isDirectory(entry, child)
        && scan.mayBeThere(child, MdevTypeLink.NAME)
        && scan.admit()) {
      findings.add(device.read(entry.name(), child), child);
    }
  }
}
