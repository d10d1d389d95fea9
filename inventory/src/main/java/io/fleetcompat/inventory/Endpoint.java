package io.fleetcompat.inventory;

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
 */
public record Endpoint(
    EndpointName name,
    EndpointKind kind,
    Optional<String> mdevType,
    Attributes own,
    Attributes type,
    Attributes pci) {}
