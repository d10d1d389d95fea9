package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Look;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * {@code <uuid>/…}: an mdev device's own attributes, its type's, the values of its {@code
 * dynamic_resources}, and what VFIO's debugfs says of it.
 */
final class MdevDevice {

  private static final String TYPE_LINK = MdevTypeLink.NAME;

  private final Scan scan;
  private final MdevTypeDirectories types;
  private final PciIds pci;
  private final DynamicResources resources;
  private final ApMatrix matrix;
  private final VfioDebugfs debugfs;

  MdevDevice(Scan scan, MdevTypeDirectories types, PciIds pci, VfioDebugfs debugfs) {
    this.scan = scan;
    this.resources = new DynamicResources(scan);
    this.types = types;
    this.pci = pci;
    this.matrix = new ApMatrix(scan);
    this.debugfs = debugfs;
  }

  /** The endpoint at a node, by the name that it has where it was found. */
  Endpoint read(String name, Node node) {
    Attribute link = scan.linkName(node, TYPE_LINK);
    Attributes type = type(node, link);
    SortedMap<String, Attribute> own = MigrationInterface.read(scan, node, true);
    resources.read(node, type, own);
    matrix.read(node, type, own);
    debugfs.read(node.name(), own);
    return new Endpoint(
        EndpointName.device(name),
        EndpointKind.MDEV_DEVICE,
        link instanceof Attribute.Text(String id) ? Optional.of(id) : Optional.empty(),
        Attributes.of(own),
        type,
        pci.of(node.parent()));
  }

  /** A device has a type, so a link that leads to none hides what the type demands. */
  private Attributes type(Node node, Attribute link) {
    Look look = scan.look(node, TYPE_LINK);
    if (link instanceof Attribute.Unreadable) {
      return Attributes.of(Map.of(TYPE_LINK, link));
    }
    return switch (look) {
      case Look.Into(Node type) -> types.attributes(type);
      case Look.Barred(Attribute why) -> Attributes.of(Map.of(TYPE_LINK, why));
      case Look.Nothing _ ->
          Attributes.of(
              Map.of(
                  TYPE_LINK,
                  scan.isFile(node, TYPE_LINK)
                      ? new Attribute.Malformed("expected mdev_type to be a link, found a file")
                      : MdevTypeLink.NOTHING_THERE));
    };
  }
}
