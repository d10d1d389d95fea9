package io.fleetcompat.compatibility.facet;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of devices that rule packs tell apart; a type is of the kind of its devices. */
public enum DeviceKind {
  /** An mdev, or an mdev type. */
  MDEV("mdev"),
  /** A PCI function. */
  PCI("pci"),
  /** A virtual function of NVIDIA's vendor VFIO, or a vGPU type that it can become. */
  NVIDIA_VF("nvidia-vf"),
  /** A virtio device. */
  VIRTIO("virtio"),
  /** A parent that has a migration interface of its own and is no PCI function. */
  PARENT("parent");

  private final String spelling;

  DeviceKind(String spelling) {
    this.spelling = spelling;
  }

  /** The kind of that spelling. */
  public static Optional<DeviceKind> of(String spelling) {
    return Arrays.stream(values()).filter(kind -> kind.spelling.equals(spelling)).findFirst();
  }

  @Override
  public String toString() {
    return spelling;
  }
}
