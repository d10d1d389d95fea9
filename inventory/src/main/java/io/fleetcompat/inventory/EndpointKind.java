package io.fleetcompat.inventory;

/**
 * The kinds of endpoints, by what they are in sysfs. A type could be created; everything else
 * exists and is a device.
 */
public enum EndpointKind {
  /** {@code <parent>/mdev_supported_types/<type-id>}. */
  MDEV_TYPE,
  /** {@code <parent>/<uuid>}. */
  MDEV_DEVICE,
  /** {@code bus/pci/devices/<bdf>}. */
  PCI_FUNCTION,
  /** {@code bus/virtio/devices/<virtioN>}. */
  VIRTIO_DEVICE,
  /** A css, ap or platform parent that has a migration interface of its own. */
  PARENT_DEVICE,
  /** A vGPU type creatable on an NVIDIA VF, known by its name. */
  NVIDIA_TYPE;

  public boolean isType() {
    return this == MDEV_TYPE || this == NVIDIA_TYPE;
  }
}
