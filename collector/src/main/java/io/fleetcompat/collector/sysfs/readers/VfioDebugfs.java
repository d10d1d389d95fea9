package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.DirectoryEntries;
import io.fleetcompat.collector.sysfs.Listing;
import io.fleetcompat.collector.sysfs.Look;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * {@code kernel/debug/vfio/<device>/migration/features} (Documentation/ABI/testing/debugfs-vfio):
 * the kernel's word on whether a VFIO device can be migrated. Where there is no such debugfs, or
 * this process may not look into it, nothing is said of any device. For one thread.
 *
 * <p>{@code migration/state} is not read: that takes the driver's mutex, which a migration holds.
 */
final class VfioDebugfs {

  private static final Node DEBUGFS = new Node("kernel/debug");
  private static final String VFIO = "vfio";
  private static final String MIGRATION = "migration";
  private static final String FEATURES = "migration/features";

  /** The attribute of a device that says what this has of it. */
  private static final String OWN = "vfio_debugfs";

  /** The same on every host: they become part of a profile. */
  private static final Attribute NO_DIRECTORY =
      new Attribute.Malformed("expected a directory of the device in VFIO's debugfs, found none");

  private static final Attribute NOT_A_DIRECTORY =
      new Attribute.Malformed("expected a directory in VFIO's debugfs, found a file");

  private final Scan scan;
  private Optional<Devices> devices = Optional.empty();
  private boolean looked;

  /** The devices that it lists. */
  private record Devices(
      Node node, Map<String, DirectoryEntries.Entry> byName, Optional<Attribute> failure) {}

  VfioDebugfs(Scan scan) {
    this.scan = scan;
  }

  /** Puts what is said of a VFIO device among its attributes. */
  void read(String device, SortedMap<String, Attribute> own) {
    devices().ifPresent(listed -> read(device, listed, own));
  }

  private void read(String device, Devices listed, SortedMap<String, Attribute> own) {
    DirectoryEntries.Entry entry = listed.byName.get(device);
    if (entry == null) {
      own.put(OWN, listed.failure.orElse(NO_DIRECTORY));
      return;
    }
    Node node = new Node(listed.node.at(device));
    if (!scan.isDirectory(entry, node)) {
      own.put(OWN, NOT_A_DIRECTORY);
      return;
    }
    own.put(OWN, Attribute.DIRECTORY);
    scan.read(node, List.of(MIGRATION, FEATURES))
        .forEach((name, value) -> own.put(OWN + "/" + name, checked(name, value)));
  }

  private static Attribute checked(String name, Attribute value) {
    return name.equals(MIGRATION) && value instanceof Attribute.Text ? NOT_A_DIRECTORY : value;
  }

  /** Looked for once, when it is first asked of: most hosts have none. */
  private Optional<Devices> devices() {
    if (!looked) {
      looked = true;
      if (scan.look(DEBUGFS, VFIO) instanceof Look.Into(Node node)) {
        devices = Optional.of(list(node));
      }
    }
    return devices;
  }

  private Devices list(Node node) {
    Listing listing = scan.list(node);
    Map<String, DirectoryEntries.Entry> byName = new HashMap<>();
    listing.entries().forEach(entry -> byName.put(entry.name(), entry));
    return new Devices(node, byName, listing.failure());
  }
}
