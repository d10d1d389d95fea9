package io.fleetcompat.simulation;

import io.fleetcompat.simulation.SimulatedHost.Instance;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sysfs of a simulated host: a pure function of {@link SimulatedHost}, with the links a kernel
 * makes.
 */
final class SimulatedSysfs {

  private static final String GPU_DEVICE = "591d";
  private static final String P4_DEVICE = "1bb3";
  private static final String L40S_DEVICE = "26b9";

  private static final Pattern TYPE_NODE = Pattern.compile(".*/mdev_supported_types/[^/]+");

  private final SimulatedHost host;
  private final HostTree.Builder tree = new HostTree.Builder();
  private final PciTree pci = new PciTree(tree);
  private final Machine machine;
  private int nextGroup = 20;

  private SimulatedSysfs(SimulatedHost host) {
    this.host = host;
    this.machine = host.pool().machine();
  }

  static HostTree of(SimulatedHost host) {
    return new SimulatedSysfs(host).build();
  }

  /** The paths of the types of mediated devices. */
  static List<String> typeNodes(HostTree tree) {
    return tree.entries().keySet().stream()
        .filter(path -> TYPE_NODE.matcher(path).matches())
        .toList();
  }

  private HostTree build() {
    tree.file("kernel/uevent_seqnum", "4711").directory("bus/pci/devices").directory("module");
    if (host.oddity() == Oddity.EMPTY) {
      return tree.build();
    }
    switch (machine) {
      case INTEL_GVT -> intelGvt();
      case NVIDIA_MDEV -> nvidiaMdev();
      case NVIDIA_VFIO -> nvidiaVfio();
      case CHANNEL_IO -> channelIo();
    }
    if (machine != Machine.CHANNEL_IO) {
      networkCard();
      VirtioTree.overPci(pci, host);
    }
    module(machine.driver());
    SimulatedOddities.apply(host, tree);
    return tree.build();
  }

  private void intelGvt() {
    String gpu =
        pci.function("pci0000:00", machine.parent(0), "8086", GPU_DEVICE, "030000", "i915");
    mdevParent(gpu, 0, GPU_DEVICE);
  }

  private void nvidiaMdev() {
    for (int slot = 0; slot < machine.slots(); slot++) {
      String bdf = machine.parent(slot);
      String bridge = pci.bridge("0000:00:%02x.0".formatted(1 + slot));
      mdevParent(pci.function(bridge, bdf, "10de", P4_DEVICE, "030200", "nvidia"), slot, P4_DEVICE);
    }
  }

  private void channelIo() {
    for (int slot = 0; slot < machine.slots(); slot++) {
      String name = machine.parent(slot);
      String node = "devices/css0/" + name;
      tree.file(node + "/type", "0")
          .file(node + "/modalias", "css:t0")
          .file(node + "/chpids", "f0 f1 00 00 00 00 00 00")
          .link(node + "/subsystem", "bus/css")
          .link(node + "/driver", "bus/css/drivers/vfio_ccw")
          .link("bus/css/devices/" + name, node)
          .link("bus/css/drivers/vfio_ccw/" + name, node);
      mdevParent(node, slot, "0000");
    }
    VirtioTree.overCss(tree, host);
  }

  private void nvidiaVfio() {
    String bridge = pci.bridge("0000:00:01.0");
    String pf = pci.function(bridge, "0000:41:00.0", "10de", L40S_DEVICE, "030200", "nvidia");
    List<String> vfs =
        pci.virtualFunctions(
            bridge, pf, "10de", L40S_DEVICE, "0000:41:00.%x", 4, machine.slots(), "nvidia");
    for (int slot = 0; slot < vfs.size(); slot++) {
      int current = slot;
      String type =
          host.instances().stream()
              .filter(i -> i.slot() == current)
              .map(i -> machine.types().get(i.type()).id())
              .findFirst()
              .orElse("0");
      tree.file(vfs.get(slot) + "/nvidia/current_vgpu_type", type)
          .verbatim(vfs.get(slot) + "/nvidia/creatable_vgpu_types", creatable(slot))
          .file(vfs.get(slot) + "/nvidia/vm_name", "");
      pci.group(vfs.get(slot), nextGroup++);
    }
  }

  private String creatable(int slot) {
    StringBuilder table = new StringBuilder(host.index() % 2 == 0 ? "ID    : vGPU Name\n" : "");
    for (int type = 0; type < machine.types().size(); type++) {
      if (machine.available(host, slot, type) > 0) {
        Machine.Type offered = machine.types().get(type);
        table.append("%-5s : %s%n".formatted(offered.id(), offered.name()));
      }
    }
    return table.toString();
  }

  private void mdevParent(String parent, int slot, String device) {
    String name = parent.substring(parent.lastIndexOf('/') + 1);
    tree.link("class/mdev_bus/" + name, parent);
    for (int type = 0; type < machine.types().size(); type++) {
      mdevType(parent, slot, type, device);
    }
    for (Instance instance : host.instances()) {
      if (instance.slot() == slot) {
        mdevDevice(parent, instance, device);
      }
    }
  }

  private void mdevType(String parent, int slot, int type, String device) {
    Machine.Type offered = machine.types().get(type);
    String node = parent + "/mdev_supported_types/" + offered.id();
    tree.file(node + "/name", offered.name())
        .file(node + "/device_api", machine == Machine.CHANNEL_IO ? "vfio-ccw" : "vfio-pci")
        .file(node + "/available_instances", "" + machine.available(host, slot, type))
        .writeOnly(node + "/create")
        .directory(node + "/devices");
    if (machine != Machine.CHANNEL_IO) {
      tree.verbatim(
          node + "/description", "units: " + offered.units() + "\nresolution: 1920x1200\n");
    }
    MigrationFiles.onType(host, tree, node, offered, device);
    host.software().of(offered.id()).forEach((name, value) -> tree.file(node + "/" + name, value));
  }

  private void mdevDevice(String parent, Instance instance, String device) {
    Machine.Type type = machine.types().get(instance.type());
    String node = parent + "/" + instance.id();
    String typeNode = parent + "/mdev_supported_types/" + type.id();
    int group = nextGroup++;
    tree.writeOnly(node + "/remove")
        .verbatim(node + "/uevent", "DRIVER=vfio_mdev\n")
        .link(node + "/mdev_type", typeNode)
        .link(node + "/subsystem", "bus/mdev")
        .link(node + "/driver", "bus/mdev/drivers/vfio_mdev")
        .link(node + "/iommu_group", "kernel/iommu_groups/" + group)
        .link("kernel/iommu_groups/" + group + "/devices/" + instance.id(), node)
        .link("bus/mdev/devices/" + instance.id(), node)
        .link("bus/mdev/drivers/vfio_mdev/" + instance.id(), node)
        .link(typeNode + "/devices/" + instance.id(), node);
    if (machine == Machine.INTEL_GVT) {
      tree.file(node + "/intel_vgpu/vgpu_id", "" + (1 + host.instances().indexOf(instance)))
          .file(node + "/intel_vgpu/hw_id", "0")
          .file(node + "/intel_vgpu/aggregator", "" + aggregator(type));
    }
    MigrationFiles.onDevice(host, tree, node, type, device);
  }

  private void networkCard() {
    String bridge = pci.bridge("0000:00:03.0");
    String pf = pci.function(bridge, "0000:05:00.0", "15b3", "101d", "020000", "mlx5_core");
    String driver = host.index() % 3 == 0 ? "mlx5_vfio_pci" : "vfio-pci";
    for (String vf :
        pci.virtualFunctions(bridge, pf, "15b3", "101e", "0000:05:00.%x", 1, 3, driver)) {
      pci.group(vf, nextGroup++);
      tree.file(vf + "/vfio-dev/vfio" + (nextGroup - 21) + "/dev", "511:" + (nextGroup - 21));
    }
    module("mlx5_core");
  }

  private void module(String driver) {
    DriverRelease release = DriverRelease.ALL.get(host.step());
    boolean own = driver.equals(machine.driver());
    tree.file("module/" + driver + "/version", own ? host.driverVersion() : release.version())
        .file("module/" + driver + "/srcversion", release.srcversion(driver))
        .file("module/" + driver + "/refcnt", "1");
  }

  /** Half the number in the type's name, at least 1: as in the seed's pattern. */
  static int aggregator(Machine.Type type) {
    return Math.max(1, 8 / type.units() / 2);
  }
}
