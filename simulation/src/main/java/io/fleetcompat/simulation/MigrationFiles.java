package io.fleetcompat.simulation;

import io.fleetcompat.simulation.SimulatedPool.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a simulated driver's migration interface, in the spelling of its pool. */
final class MigrationFiles {

  private final HostTree.Builder tree;
  private final String node;
  private final Map<String, String> self = new LinkedHashMap<>();
  private final List<Map<String, String>> compatible = new ArrayList<>();

  private MigrationFiles(
      SimulatedHost host, HostTree.Builder tree, String node, Machine.Type type, String device) {
    this.tree = tree;
    this.node = node;
    DriverRelease release = DriverRelease.ALL.get(host.step());
    boolean ccw = host.pool().machine() == Machine.CHANNEL_IO;
    boolean patterns = host.pool().machine() == Machine.INTEL_GVT;
    self.put("device_api", ccw ? "vfio-ccw" : "vfio-pci");
    if (ccw) {
      self.put("subchannel_type", "0");
    } else {
      self.put("pci_id", (patterns ? "8086" : "10de") + device);
    }
    self.put("mdev_type", type.id());
    if (patterns) {
      self.put("aggregator", "" + SimulatedSysfs.aggregator(type));
    }
    self.put("interface_version", "" + release.interfaceVersion());
    if (release.interfaceVersion() > 1) {
      self.put("pv_mode", "none+ppgtt");
    }
    for (int v = release.oldest(); v <= release.interfaceVersion(); v++) {
      compatible.add(pattern(v, patterns));
    }
  }

  /** Writes them into the type's directory. */
  static void onType(
      SimulatedHost host, HostTree.Builder tree, String node, Machine.Type type, String device) {
    Dialect dialect = host.pool().dialect();
    DriverRelease release = DriverRelease.ALL.get(host.step());
    if (dialect.attributes()) {
      attributes(host, tree, node, type, device);
    }
    if (dialect == Dialect.DIRECTORIES || dialect == Dialect.JSON) {
      new MigrationFiles(host, tree, node, type, device).write(dialect);
    }
    if (dialect.opaque()) {
      tree.file(
          node + "/" + (dialect == Dialect.OLD_OPAQUE ? "version" : "migration_version"),
          device + "-v" + release.interfaceVersion());
    }
  }

  /** Writes them into the device's own node. */
  static void onDevice(
      SimulatedHost host, HostTree.Builder tree, String node, Machine.Type type, String device) {
    Dialect dialect = host.pool().dialect();
    if (dialect != Dialect.BARE) {
      new MigrationFiles(host, tree, node, type, device)
          .write(dialect == Dialect.EVERYTHING ? Dialect.ONE_FILE : dialect);
    }
    if (dialect == Dialect.OPAQUE) {
      tree.file(
          node + "/migration_version",
          device + "-v" + DriverRelease.ALL.get(host.step()).interfaceVersion());
    }
  }

  private static void attributes(
      SimulatedHost host, HostTree.Builder tree, String node, Machine.Type type, String device) {
    DriverRelease release = DriverRelease.ALL.get(host.step());
    tree.file(node + "/software_version", host.driverVersion())
        .file(node + "/compatible_type", type.id());
    switch (host.pool().machine()) {
      case CHANNEL_IO ->
          tree.file(node + "/compatible_subchannel_type", "0")
              .file(
                  node + "/compatible_chpid_type", release.interfaceVersion() > 1 ? "1a,1b" : "1a");
      case INTEL_GVT ->
          tree.file(node + "/compatible_pci_ids", release.pciIds(device))
              .file(
                  node + "/dynamic_resources",
                  release.interfaceVersion() > 1 ? "aggregator, fps" : "aggregator");
      case NVIDIA_MDEV, NVIDIA_VFIO ->
          tree.file(node + "/compatible_pci_ids", release.pciIds(device));
    }
  }

  private Map<String, String> pattern(int version, boolean patterns) {
    Map<String, String> pattern = new LinkedHashMap<>(self);
    if (patterns) {
      pattern.put("mdev_type", "i915-GVTg_V5_{val1:int:1,2,4,8}");
      pattern.put("aggregator", "{val1}/2");
    }
    pattern.put("interface_version", "" + version);
    pattern.put("pv_mode", version > 1 ? "{val2:string:\"none+ppgtt\",\"none+context\"}" : "\"\"");
    return pattern;
  }

  private void write(Dialect dialect) {
    switch (dialect) {
      case DIRECTORIES -> directories();
      case TWO_FILES -> {
        tree.verbatim(node + "/migration/self", lines(self, ""));
        tree.verbatim(
            node + "/migration/compatible",
            compatible.stream().map(p -> lines(p, "")).collect(Collectors.joining("\n")));
      }
      case ONE_FILE -> tree.verbatim(node + "/migration_compatible", oneFile());
      case JSON -> tree.verbatim(node + "/migration_compatible", json());
      case ATTRIBUTES, OPAQUE, OLD_OPAQUE, EVERYTHING, BARE -> {}
    }
  }

  private void directories() {
    self.forEach((key, value) -> tree.file(node + "/migration/self/" + key, value));
    for (int i = 0; i < compatible.size(); i++) {
      String below = node + "/migration/compatible/" + (compatible.size() == 1 ? "" : i + "/");
      compatible.get(i).forEach((key, value) -> tree.file(below + key, value));
    }
  }

  private String oneFile() {
    StringBuilder text = new StringBuilder("SELF:\n").append(lines(self, "\t"));
    for (Map<String, String> pattern : compatible) {
      text.append("COMPATIBLE:\n").append(lines(pattern, "\t"));
    }
    return text.append("\t# end\n").toString();
  }

  private String json() {
    return "{\"self\": ["
        + object(self)
        + "],\n \"compatible\": ["
        + compatible.stream().map(MigrationFiles::object).collect(Collectors.joining(",\n  "))
        + "]}\n";
  }

  private static String lines(Map<String, String> attributes, String indent) {
    return attributes.entrySet().stream()
        .map(a -> indent + a.getKey() + "=" + a.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String object(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(a -> "\"" + a.getKey() + "\": \"" + a.getValue().replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
