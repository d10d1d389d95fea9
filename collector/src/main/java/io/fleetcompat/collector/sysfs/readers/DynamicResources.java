package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.DirectoryEntries;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values that a device has of its type's {@code dynamic_resources}: at {@code <uuid>/<attr>} or
 * {@code <uuid>/<vendor group>/<attr>}, within bounds.
 */
final class DynamicResources {

  private final Scan scan;

  DynamicResources(Scan scan) {
    this.scan = scan;
  }

  /** Adds them to the attributes of the device. */
  void read(Node node, Attributes type, SortedMap<String, Attribute> own) {
    List<String> wanted = bounded(names(type), node);
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

  /** The names whose values are read; of the others an answer says that the value is not known. */
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

  private static List<String> names(Attributes type) {
    return type.get("dynamic_resources") instanceof Attribute.Text(String list)
        ? Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(DynamicResources::isName)
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
