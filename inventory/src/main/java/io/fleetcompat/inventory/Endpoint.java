package io.fleetcompat.inventory;

import io.fleetcompat.inventory.HostReading.Driver;
import java.util.Optional;

/**
 * One side of a check, as collected: what its profile is made of, and the values that are laid over
 * answers.
 *
 * @param mdevType the id of the mdev type: of the type itself, or what a device's {@code mdev_type}
 *     link names; empty where there is none
 * @param own the attributes of the node itself: type directory, mdev device directory, PCI function
 *     or virtio device
 * @param type the attributes of the mdev type's directory where this is an mdev device; where its
 *     {@code mdev_type} leads to none, that alone, with the reason; else {@link Attributes#NONE}
 * @param pci {@code vendor}, {@code device} and {@code driver} of the PCI function this is, or that
 *     is its parent; {@link Attributes#NONE} where no PCI function is involved
 * @param host what the host's endpoints share; the same object for all of them
 */
public record Endpoint(
    EndpointName name,
    EndpointKind kind,
    Optional<String> mdevType,
    Attributes own,
    Attributes type,
    Attributes pci,
    HostContext host) {

  private static final String DRIVER = "driver";

  /** An endpoint of a host of which nothing else is known. */
  public Endpoint(
      EndpointName name,
      EndpointKind kind,
      Optional<String> mdevType,
      Attributes own,
      Attributes type,
      Attributes pci) {
    this(name, kind, mdevType, own, type, pci, HostContext.UNKNOWN);
  }

  /** The same endpoint, with what is known of its host. */
  public Endpoint on(HostContext context) {
    return new Endpoint(name, kind, mdevType, own, type, pci, context);
  }

  /** The facts about the driver that holds the endpoint's PCI function, where they are known. */
  public Optional<Driver> driver() {
    return pci.get(DRIVER) instanceof Attribute.Text(String driver)
        ? Optional.ofNullable(host.drivers().get(driver))
        : Optional.empty();
  }
}
