package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Listing;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * {@code mdev_supported_types/<type-id>/…}: the directories of types, each of the last ones read
 * once in a scan, though all devices of the type need it. For one thread.
 */
final class MdevTypeDirectories {

  private static final List<String> FIXED =
      List.of("name", "description", "device_api", "software_version");
  private static final String RESOURCES = "dynamic_resources";
  private static final String PREFIX = "compatible_";

  /**
   * The bytes of the heap that contents which are kept for devices of that type may take, about;
   * any other is read again.
   */
  private static final long MAX_KEPT = 512 << 10;

  /** A directory beside its content. */
  private static final int DIRECTORY = 256;

  private final Scan scan;
  private final SequencedMap<Node, Attributes> read = new LinkedHashMap<>();
  private long kept;

  MdevTypeDirectories(Scan scan) {
    this.scan = scan;
  }

  /** The attributes of a type's directory that say something of compatibility. */
  Attributes attributes(Node type) {
    Attributes known = read.get(type);
    if (known != null) {
      return known;
    }
    Attributes found = readAttributes(type);
    keep(type, found);
    return found;
  }

  private void keep(Node type, Attributes content) {
    read.put(type, content);
    kept += size(content);
    while (kept > MAX_KEPT && !read.isEmpty()) {
      kept -= size(read.pollFirstEntry().getValue());
    }
  }

  private static long size(Attributes content) {
    return DIRECTORY + EndpointMemory.of(content);
  }

  private Attributes readAttributes(Node type) {
    SortedMap<String, Attribute> found = MigrationInterface.read(scan, type, true);
    Listing listing = scan.list(type);
    found.putAll(scan.read(type, FIXED));
    List<String> lists = new ArrayList<>(List.of(RESOURCES));
    listing.names().stream().filter(name -> name.startsWith(PREFIX)).forEach(lists::add);
    found.putAll(scan.readLists(type, lists, Bounds.ATTRIBUTE_BYTES));
    listing.misnamed().stream()
        .filter(entry -> entry.name().startsWith(PREFIX))
        .forEach(entry -> found.put(entry.name(), Listing.misnamedAttribute()));
    // A list that is not complete might hide a demand: then no version is believed.
    listing.failure().ifPresent(failure -> found.put("software_version", failure));
    return Attributes.of(found);
  }
}
