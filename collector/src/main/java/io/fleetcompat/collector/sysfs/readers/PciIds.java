package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ids and the driver of PCI functions, each read once in a scan. For one thread. */
final class PciIds {

  private static final Pattern BDF =
      Pattern.compile("[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7]");
  private static final List<String> IDS =
      List.of("vendor", "device", "subsystem_vendor", "subsystem_device", "revision", "class");

  /** The names of all that is read of a function. */
  static final List<String> NAMES = Stream.concat(IDS.stream(), Stream.of(Drivers.LINK)).toList();

  private final Scan scan;
  private final Drivers drivers;
  private final Map<Node, Attributes> read = new HashMap<>();
  private final SharedContents shared = new SharedContents();

  PciIds(Scan scan, Drivers drivers) {
    this.scan = scan;
    this.drivers = drivers;
  }

  static boolean isFunction(Node node) {
    return BDF.matcher(node.name()).matches();
  }

  /** The ids and the driver of a node that is a PCI function; of any other, none. */
  Attributes of(Node node) {
    return isFunction(node) ? read.computeIfAbsent(node, this::read) : Attributes.NONE;
  }

  private Attributes read(Node node) {
    SortedMap<String, Attribute> found = scan.read(node, IDS);
    drivers.hold(node, drivers.of(node), found);
    return shared.add(Attributes.of(found));
  }
}
