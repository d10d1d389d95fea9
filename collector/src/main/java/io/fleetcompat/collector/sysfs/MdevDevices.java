package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.MdevTypeLink;
import io.fleetcompat.inventory.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code bus/mdev/devices/<uuid>} and the children of parents that have an {@code mdev_type} link:
 * the device's own attributes, its type's, and the values of its {@code dynamic_resources}.
 */
final class MdevDevices {

  private static final String TYPE_LINK = MdevTypeLink.NAME;

  private final Scan scan;
  private final MdevTypes types;
  private final PciFunctions pci;

  MdevDevices(Scan scan, MdevTypes types, PciFunctions pci) {
    this.scan = scan;
    this.types = types;
    this.pci = pci;
  }

  void readBus(Inventory inventory) {
    scan.each("bus/mdev/devices", (name, node) -> inventory.add(read(name, node), node));
  }

  void readChildren(Node parent, Inventory inventory) {
    for (DirectoryEntries.Entry entry : scan.list(parent).entries()) {
      Node child = new Node(parent.at(entry.name()));
      scan.attempt(child, () -> readChild(entry, child, inventory));
    }
  }

  private void readChild(DirectoryEntries.Entry entry, Node child, Inventory inventory) {
    if (!inventory.holds(EndpointName.device(entry.name()), child)
        && scan.isDirectory(entry, child)
        && scan.mayBeThere(child, TYPE_LINK)
        && scan.admit()) {
      inventory.add(read(entry.name(), child), child);
    }
  }

  private Endpoint read(String name, Node node) {
    Attribute link = scan.linkName(node, TYPE_LINK);
    Attributes type = type(node, link);
    SortedMap<String, Attribute> own = MigrationInterface.read(scan, node, true);
    readDynamicResources(node, type, own);
    return new Endpoint(
        EndpointName.device(name),
        EndpointKind.MDEV_DEVICE,
        link instanceof Attribute.Text(String id) ? Optional.of(id) : Optional.empty(),
        Attributes.of(own),
        type,
        pci.ids(node.parent()));
  }

  /** A device has a type, so a link that leads to none hides what the type demands. */
  private Attributes type(Node node, Attribute link) {
    Scan.Look look = scan.look(node, TYPE_LINK);
    if (link instanceof Attribute.Unreadable) {
      return Attributes.of(Map.of(TYPE_LINK, link));
    }
    return switch (look) {
      case Scan.Look.Into(Node type) -> types.attributes(type);
      case Scan.Look.Barred(Attribute why) -> Attributes.of(Map.of(TYPE_LINK, why));
      case Scan.Look.Nothing _ ->
          Attributes.of(
              Map.of(
                  TYPE_LINK,
                  scan.isFile(node, TYPE_LINK)
                      ? new Attribute.Malformed("expected mdev_type to be a link, found a file")
                      : MdevTypeLink.NOTHING_THERE));
    };
  }

  /** Values are found at {@code <uuid>/<attr>} or {@code <uuid>/<vendor group>/<attr>}. */
  private void readDynamicResources(Node node, Attributes type, SortedMap<String, Attribute> own) {
    List<String> wanted = bounded(dynamicResources(type), node);
    if (wanted.isEmpty()) {
      return;
    }
    SortedMap<String, Attribute> values = readFiles(node, wanted);
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      readGroups(node, missing, values);
    }
    values.forEach((path, value) -> own.putIfAbsent(path, value));
  }

  private void readGroups(Node node, List<String> names, SortedMap<String, Attribute> values) {
    int groups = 0;
    for (DirectoryEntries.Entry entry : scan.list(node).entries()) {
      Node group = new Node(node.at(entry.name()));
      if (scan.isDirectory(entry, group) && scan.admit()) {
        if (++groups > Bounds.VENDOR_GROUPS) {
          String detail = "expected at most " + Bounds.VENDOR_GROUPS + " vendor groups, found more";
          scan.problem(node.path(), ProblemCode.TOO_MANY_NODES, detail);
          return;
        }
        readFiles(group, names)
            .forEach((name, value) -> values.put(entry.name() + "/" + name, value));
      }
    }
  }

  /** Those whose values are read; of the others an answer says that the value is not known. */
  private List<String> bounded(List<String> names, Node node) {
    if (names.size() <= Bounds.DYNAMIC_RESOURCES) {
      return names;
    }
    String detail =
        "expected at most %d dynamic resources, found %d"
            .formatted(Bounds.DYNAMIC_RESOURCES, names.size());
    scan.problem(node.path(), ProblemCode.TOO_LARGE, detail);
    return names.subList(0, Bounds.DYNAMIC_RESOURCES);
  }

  private static List<String> dynamicResources(Attributes type) {
    return type.get("dynamic_resources") instanceof Attribute.Text(String list)
        ? Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(MdevDevices::isName)
            .distinct()
            .toList()
        : List.of();
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= EndpointName.MAX_PART
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && !name.equals(".")
        && !name.equals("..");
  }

  private SortedMap<String, Attribute> readFiles(Node node, List<String> names) {
    SortedMap<String, Attribute> files = new TreeMap<>();
    scan.read(node, names)
        .forEach(
            (name, attribute) -> {
              if (!(attribute instanceof Attribute.Directory)) {
                files.put(name, attribute);
              }
            });
    return files;
  }
}
