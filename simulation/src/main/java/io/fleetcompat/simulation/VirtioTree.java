package io.fleetcompat.simulation;

/** virtio devices below the transports that carry them: PCI functions, or channels. */
final class VirtioTree {

  private static final int NET = 1;
  private static final int BLOCK = 2;
  private static final int BITS = 64;
  private static final int LONG_BITS = 128;

  /** Feature bits of a net device: what an old, a middle and a new host offer. */
  private static final int[][] NET_BITS = {
    {0, 1, 5, 16, 17, 32}, {0, 1, 5, 15, 16, 17, 22, 32}, {0, 1, 5, 15, 16, 17, 22, 32, 33, 62}
  };

  private static final int[][] BLOCK_BITS = {{1, 2, 6, 32}, {1, 2, 6, 9, 32}, {1, 2, 6, 9, 13, 32}};

  private VirtioTree() {}

  /** Two net devices and a block device, each on a PCI function of its own. */
  static void overPci(PciTree pci, SimulatedHost host) {
    int[] kinds = {NET, NET, BLOCK};
    for (int i = 0; i < kinds.length; i++) {
      String device = kinds[i] == NET ? "1041" : "1042";
      String bdf = "0000:00:%02x.0".formatted(0x10 + i);
      String node = pci.function("pci0000:00", bdf, "1af4", device, "020000", "virtio-pci");
      device(pci.tree(), node, i, kinds[i], host);
    }
  }

  /** One net and one block device on channels. */
  static void overCss(HostTree.Builder tree, SimulatedHost host) {
    int[] kinds = {NET, BLOCK, BLOCK};
    for (int i = 0; i < kinds.length; i++) {
      String channel = "0.0.%04x".formatted(i);
      String node = "devices/css0/" + channel + "/0.0.%04x".formatted(0x1000 + i);
      tree.link("bus/css/devices/" + channel, "devices/css0/" + channel)
          .file("devices/css0/" + channel + "/type", "0")
          .file(node + "/cutype", "3832/0" + kinds[i])
          .link("bus/ccw/devices/0.0.%04x".formatted(0x1000 + i), node)
          .link(node + "/driver", "bus/ccw/drivers/virtio_ccw")
          .directory("bus/ccw/drivers/virtio_ccw");
      device(tree, node, i, kinds[i], host);
    }
  }

  private static void device(
      HostTree.Builder tree, String parent, int number, int kind, SimulatedHost host) {
    String node = parent + "/virtio" + number;
    String driver = kind == NET ? "virtio_net" : "virtio_blk";
    boolean negotiated = (host.index() + number) % 19 != 0;
    tree.file(node + "/device", "0x%04x".formatted(kind))
        .file(node + "/vendor", "0x1af4")
        .file(node + "/status", negotiated ? "0x0000000f" : "0x00000003")
        .file(node + "/features", features(host, number, kind))
        .file(node + "/modalias", "virtio:d%08Xv00001AF4".formatted(kind))
        .link(node + "/subsystem", "bus/virtio")
        .link(node + "/driver", "bus/virtio/drivers/" + driver)
        .link("bus/virtio/devices/virtio" + number, node)
        .link("bus/virtio/drivers/" + driver + "/virtio" + number, node);
  }

  private static String features(SimulatedHost host, int number, int kind) {
    int[][] levels = kind == NET ? NET_BITS : BLOCK_BITS;
    int level = Math.min(levels.length - 1, (host.step() + number) / 2);
    char[] bits = "0".repeat(host.index() % 5 == 0 ? LONG_BITS : BITS).toCharArray();
    for (int bit : levels[level]) {
      bits[bit] = '1';
    }
    if (host.oddity() == Oddity.BAD_BITS) {
      bits[3] = 'x';
    }
    return new String(bits);
  }
}
