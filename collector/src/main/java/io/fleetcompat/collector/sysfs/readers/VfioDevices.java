package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Listing;
import io.fleetcompat.collector.sysfs.Look;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The devices of a host that a virtual machine can have through VFIO, as the newest scan found
 * them, and what a process opens that uses each: mdev devices, and PCI functions that a driver of
 * VFIO holds. Safe for any thread.
 */
public final class VfioDevices {

  private static final String GROUP = "iommu_group";
  private static final String NODES = "vfio-dev";
  private static final String DRIVER = "driver";
  private static final String VFIO = "vfio";

  private volatile SortedMap<String, Openable> byName = Collections.emptySortedMap();

  /**
   * The ways to open a device.
   *
   * @param nodes names below {@code /dev/vfio}: its group's, its own; never empty
   * @param path of the device below {@code /sys}
   */
  public record Openable(Set<String> nodes, String path) {

    public Openable {
      nodes = Set.copyOf(nodes);
    }
  }

  /** The devices by their names, spelled as endpoints are. */
  public SortedMap<String, Openable> byName() {
    return byName;
  }

  /** Learns what a scan has found; a device of which too little can be read is left out. */
  void learn(Scan scan, Iterable<Endpoint> endpoints, EndpointPlaces places) {
    SortedMap<String, Openable> found = new TreeMap<>();
    for (Endpoint endpoint : endpoints) {
      boolean device =
          endpoint.kind() == EndpointKind.MDEV_DEVICE
              || endpoint.kind() == EndpointKind.PCI_FUNCTION;
      Optional<Node> node = device ? places.find(endpoint.name()) : Optional.empty();
      node.ifPresent(
          there ->
              scan.attempt(
                  there,
                  () ->
                      read(scan, endpoint, there)
                          .ifPresent(openable -> found.put(endpoint.name().toString(), openable))));
    }
    byName = Collections.unmodifiableSortedMap(found);
  }

  private static Optional<Openable> read(Scan scan, Endpoint endpoint, Node node) {
    Set<String> nodes = new HashSet<>();
    boolean held =
        endpoint.kind() == EndpointKind.MDEV_DEVICE
            || (endpoint.pci().get(DRIVER) instanceof Attribute.Text(String driver)
                && driver.contains(VFIO));
    switch (scan.look(node, NODES)) {
      case Look.Into(Node directory) -> {
        Listing listing = scan.list(directory);
        if (listing.failure().isPresent()) {
          return Optional.empty();
        }
        held = true;
        listing.names().forEach(name -> nodes.add("devices/" + name));
      }
      case Look.Barred _ -> {
        return Optional.empty();
      }
      case Look.Nothing _ -> {}
    }
    switch (scan.linkName(node, GROUP)) {
      case Attribute.Text(String group) -> {
        nodes.add(group);
        nodes.add("noiommu-" + group);
      }
      case Attribute.Absent _ -> {}
      case Attribute.Malformed _, Attribute.Unreadable _, Attribute.Directory _ -> {
        return Optional.empty();
      }
    }
    return held && !nodes.isEmpty()
        ? Optional.of(new Openable(nodes, node.path()))
        : Optional.empty();
  }

  /**
   * The use of each of some devices.
   *
   * @param nodes what processes have open below {@code /dev/vfio}
   * @param paths devices that they have open, below {@code /sys}
   * @param complete whether that is all that is open
   * @return true for one that is in use, false for one that is free; nothing where nobody knows
   */
  public static SortedMap<String, Boolean> uses(
      SortedMap<String, Openable> known, Set<String> nodes, Set<String> paths, boolean complete) {
    SortedMap<String, Boolean> uses = new TreeMap<>();
    known.forEach(
        (name, device) -> {
          boolean open =
              paths.contains(device.path()) || !Collections.disjoint(nodes, device.nodes());
          if (open || complete) {
            uses.put(name, open);
          }
        });
    return uses;
  }
}
