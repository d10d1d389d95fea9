package io.fleetcompat.cli.docs;

import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** A host with one graphics function of two mdev types, whose driver can be upgraded. */
record LoneHost(Path root) {

  static final String ONE = "0000:00:02.0/i915-one";
  static final String OTHER = "0000:00:02.0/i915-other";

  private static final String FUNCTION = "devices/pci0000:00/0000:00:02.0";
  private static final String TYPES = FUNCTION + "/mdev_supported_types/";

  static LoneHost write(Path root, String version) throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put(FUNCTION + "/vendor", "0x8086\n");
    files.put(FUNCTION + "/device", "0x591d\n");
    for (String type : new String[] {"i915-one", "i915-other"}) {
      files.put(TYPES + type + "/device_api", "vfio-pci\n");
      files.put(TYPES + type + "/available_instances", "3\n");
      files.put(TYPES + type + "/software_version", version + "\n");
    }
    SysfsTrees.write(
        root,
        new TreeMap<>(files),
        Map.of(
            "bus/pci/devices/0000:00:02.0", "../../../" + FUNCTION,
            "class/mdev_bus/0000:00:02.0", "../../" + FUNCTION));
    return new LoneHost(root);
  }

  void upgrade(String version) throws IOException {
    for (String type : new String[] {"i915-one", "i915-other"}) {
      Path fresh = Files.writeString(root.resolveSibling("fresh"), version + "\n");
      Files.move(
          fresh, root.resolve(TYPES + type + "/software_version"), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
