package io.fleetcompat.cli.compare;

import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A tree as operators reported it: written path by path, with the links that the kernel makes. */
final class FieldTree {

  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private static String up(String path, String target) {
    return "../".repeat((int) path.chars().filter(c -> c == '/').count()) + target;
  }

  private FieldTree link(String path, String target) {
    links.put(path, up(path, target));
    return this;
  }

  /** A PCI function below {@code devices}. */
  FieldTree function(String node, String vendor, String id, String driver) {
    String name = node.substring(node.lastIndexOf('/') + 1);
    files.put("devices/" + node + "/vendor", vendor + "\n");
    files.put("devices/" + node + "/device", id + "\n");
    files.put("devices/" + node + "/class", "0x030200\n");
    files.put("devices/" + node + "/revision", "0xa1\n");
    files.put("bus/pci/drivers/" + driver + "/bind", "");
    link("bus/pci/devices/" + name, "devices/" + node);
    return link("devices/" + node + "/driver", "bus/pci/drivers/" + driver);
  }

  /** The function as a parent of mediated devices. */
  FieldTree parent(String node) {
    return link("class/mdev_bus/" + node.substring(node.lastIndexOf('/') + 1), "devices/" + node);
  }

  /** A type of it that declares a version. */
  FieldTree type(String node, String id, String name, int available) {
    String type = "devices/" + node + "/mdev_supported_types/" + id;
    files.put(type + "/name", name + "\n");
    files.put(type + "/device_api", "vfio-pci\n");
    files.put(type + "/available_instances", available + "\n");
    files.put(type + "/software_version", "1.0.0\n");
    return this;
  }

  /** A device of that type. */
  FieldTree device(String node, String uuid, String id) {
    String device = "devices/" + node + "/" + uuid;
    files.put(device + "/uevent", "");
    links.put(device + "/mdev_type", "../mdev_supported_types/" + id);
    return link("bus/mdev/devices/" + uuid, device);
  }

  /** A link to a path below the root, where nothing need be. */
  FieldTree dangling(String path, String target) {
    return link(path, target);
  }

  FieldTree directory(Path root, String path) throws IOException {
    Files.createDirectories(root.resolve(path));
    return this;
  }

  Path write(Path root) throws IOException {
    return SysfsTrees.write(root, new TreeMap<>(files), links);
  }
}
