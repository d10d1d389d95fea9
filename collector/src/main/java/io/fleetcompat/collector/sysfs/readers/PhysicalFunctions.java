package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.DirectoryEntries;
import io.fleetcompat.collector.sysfs.Listing;
import io.fleetcompat.collector.sysfs.Look;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The physical functions of virtual ones, by their links {@code physfn}: ids, driver, and what
 * drivers show only there. Each is read once in a scan, however many virtual functions it has. For
 * one thread.
 *
 * <p>{@code qat/rp2srv} is not read: the kernel demands that it is written first.
 */
final class PhysicalFunctions {

  private static final String LINK = "physfn";
  private static final List<String> QAT = List.of("qat/cfg_services", "qat/num_rps");
  private static final String RDMA = "infiniband";
  private static final String FIRMWARE = "fw_ver";
  private static final String BOARD = "board_id";
  private static final String LINK_LAYER = "ports/1/link_layer";

  /** The names under which the attributes of the RDMA device are kept: without its own name. */
  private static final Map<String, String> RDMA_NAMES =
      Map.of(
          FIRMWARE, RDMA + "/" + FIRMWARE,
          BOARD, RDMA + "/" + BOARD,
          LINK_LAYER, RDMA + "/link_layer");

  /** The same on every host: it becomes part of a profile. */
  private static final Attribute SEVERAL =
      new Attribute.Malformed("expected one RDMA device of the function, found several");

  private final Scan scan;
  private final PciIds ids;
  private final Map<Node, Look> links = new HashMap<>();
  private final Map<Node, Attributes> read = new HashMap<>();

  PhysicalFunctions(Scan scan, PciIds ids) {
    this.scan = scan;
    this.ids = ids;
  }

  /** The physical function of a function; {@link Look.Nothing} where it has none. */
  Look of(Node function) {
    return links.computeIfAbsent(function, node -> scan.look(node, LINK));
  }

  /** The attributes of the physical function of a function; none where it has none. */
  Attributes attributes(Node function) {
    return switch (of(function)) {
      case Look.Into(Node physical) -> read.computeIfAbsent(physical, this::read);
      case Look.Barred(Attribute why) -> barred(why);
      case Look.Nothing _ -> Attributes.NONE;
    };
  }

  private Attributes read(Node physical) {
    SortedMap<String, Attribute> found = new TreeMap<>(ids.of(physical).byPath());
    found.putAll(scan.read(physical, QAT));
    rdma(physical, found);
    return Attributes.of(found);
  }

  /** A function that cannot be looked at may have any of the attributes. */
  private static Attributes barred(Attribute why) {
    SortedMap<String, Attribute> all = new TreeMap<>();
    PciIds.NAMES.forEach(name -> all.put(name, why));
    QAT.forEach(name -> all.put(name, why));
    RDMA_NAMES.values().forEach(name -> all.put(name, why));
    return Attributes.of(all);
  }

  private void rdma(Node physical, SortedMap<String, Attribute> found) {
    switch (scan.look(physical, RDMA)) {
      case Look.Into(Node directory) -> rdmaDevices(directory, found);
      case Look.Barred(Attribute why) -> RDMA_NAMES.values().forEach(name -> found.put(name, why));
      case Look.Nothing _ -> {}
    }
  }

  private void rdmaDevices(Node directory, SortedMap<String, Attribute> found) {
    Listing listing = scan.list(directory);
    List<DirectoryEntries.Entry> devices = new ArrayList<>(listing.entries());
    devices.addAll(listing.misnamed());
    if (listing.failure().isPresent() || devices.size() > 1) {
      Attribute why = listing.failure().orElse(SEVERAL);
      RDMA_NAMES.values().forEach(name -> found.put(name, why));
    } else if (!listing.entries().isEmpty()) {
      Node device = new Node(directory.at(devices.getFirst().name()));
      scan.read(device, List.of(BOARD, FIRMWARE, LINK_LAYER))
          .forEach((name, value) -> found.put(RDMA_NAMES.getOrDefault(name, name), value));
    }
  }
}
