package io.fleetcompat.simulation;

import java.util.ArrayList;
import java.util.List;

/** PCI functions as the kernel shows them: the node, and the links of its bus and driver. */
final class PciTree {

  private static final String ROOT = "pci0000:00";

  private final HostTree.Builder tree;

  PciTree(HostTree.Builder tree) {
    this.tree = tree;
  }

  HostTree.Builder tree() {
    return tree;
  }

  /** A root port; what sits behind it is below it. */
  String bridge(String bdf) {
    function(ROOT, bdf, "8086", "1901", "060400", "pcieport");
    return ROOT + "/" + bdf;
  }

  /** A function; the answer is its path. */
  String function(
      String above, String bdf, String vendor, String device, String pciClass, String driver) {
    String node = "devices/" + above + "/" + bdf;
    tree.file(node + "/vendor", "0x" + vendor)
        .file(node + "/device", "0x" + device)
        .file(node + "/subsystem_vendor", "0x" + vendor)
        .file(node + "/subsystem_device", "0x0001")
        .file(node + "/revision", "0x04")
        .file(node + "/class", "0x" + pciClass)
        .file(node + "/numa_node", "0")
        .link(node + "/subsystem", "bus/pci")
        .link(node + "/driver", "bus/pci/drivers/" + driver)
        .link("bus/pci/devices/" + bdf, node)
        .link("bus/pci/drivers/" + driver + "/" + bdf, node);
    if (!tree.has("bus/pci/drivers/" + driver + "/module")) {
      String module = driver.replace('-', '_');
      tree.directory("module/" + module)
          .link("bus/pci/drivers/" + driver + "/module", "module/" + module);
    }
    return node;
  }

  /** The VFs of a function, with their links in both directions. */
  List<String> virtualFunctions(
      String above,
      String pf,
      String vendor,
      String device,
      String names,
      int first,
      int count,
      String driver) {
    List<String> nodes = new ArrayList<>();
    tree.file(pf + "/sriov_numvfs", "" + count).file(pf + "/sriov_totalvfs", "16");
    for (int i = 0; i < count; i++) {
      String node = function(above, names.formatted(first + i), vendor, device, "020000", driver);
      tree.link(node + "/physfn", pf).link(pf + "/virtfn" + i, node);
      nodes.add(node);
    }
    return nodes;
  }

  /** Puts a device into an IOMMU group of its own. */
  void group(String node, int group) {
    String name = node.substring(node.lastIndexOf('/') + 1);
    tree.link(node + "/iommu_group", "kernel/iommu_groups/" + group)
        .link("kernel/iommu_groups/" + group + "/devices/" + name, node);
  }
}
