package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parents that are no PCI functions (the matrix of vfio_ap, a subchannel, mtty): driver and
 * {@code features}, read once in a scan. For one thread.
 *
 * <p>A parent without a driver's link is known by the first part of its types' ids: the kernel
 * makes an id of what holds the parent (dev_driver_string: driver, else bus, else class), a dash
 * and the type's own name (drivers/vfio/mdev/mdev_sysfs.c @0604aa87b098, mdev_type_add).
 */
final class MdevParents {

  private static final List<String> OWN = List.of("features");
  private static final char DASH = '-';

  private final Scan scan;
  private final Drivers drivers;
  private final Map<Node, Read> read = new HashMap<>();

  /** A parent as it was read. */
  private record Read(Attribute driver, SortedMap<String, Attribute> attributes) {}

  MdevParents(Scan scan, Drivers drivers) {
    this.scan = scan;
    this.drivers = drivers;
  }

  /**
   * The knowledge of a parent.
   *
   * @param type the id of a type of it
   */
  Attributes attributes(Node parent, Optional<String> type) {
    Read known = read.computeIfAbsent(parent, this::read);
    SortedMap<String, Attribute> all = new TreeMap<>(known.attributes);
    Attribute driver =
        known.driver.equals(Attribute.ABSENT)
            ? type.flatMap(MdevParents::holder).orElse(Attribute.ABSENT)
            : known.driver;
    drivers.hold(parent, driver, all);
    return Attributes.of(all);
  }

  private Read read(Node parent) {
    return new Read(drivers.of(parent), scan.read(parent, OWN));
  }

  private static Optional<Attribute> holder(String type) {
    int dash = type.indexOf(DASH);
    return dash > 0 ? Optional.of(new Attribute.Text(type.substring(0, dash))) : Optional.empty();
  }
}
