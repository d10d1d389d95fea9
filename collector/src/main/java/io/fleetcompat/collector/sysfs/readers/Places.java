package io.fleetcompat.collector.sysfs.readers;

import java.util.List;

/** The places below a root where the readers begin: to tell people what was looked for. */
public final class Places {

  /** All of them; a scan looks at each, whatever it finds at the others. */
  public static final List<String> ALL =
      List.of(
          "class/mdev_bus",
          "bus/mdev/devices",
          "bus/pci/devices",
          "bus/virtio/devices",
          "bus/css/devices",
          "bus/ap/devices",
          "bus/platform/devices",
          "devices");

  private Places() {}
}
