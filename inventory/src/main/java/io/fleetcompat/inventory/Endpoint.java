package io.fleetcompat.inventory;

import io.fleetcompat.inventory.HostReading.Driver;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
 * @param pci the ids and the driver of the PCI function this is, or that is its parent; {@link
 *     Attributes#NONE} where no PCI function is involved
 * @param related what else it depends on
 * @param host what the host's endpoints share; the same object for all of them
 */
public record Endpoint(
    EndpointName name,
    EndpointKind kind,
    Optional<String> mdevType,
    Attributes own,
    Attributes type,
    Attributes pci,
    Related related,
    HostContext host) {

  private static final String DRIVER = "driver";

  /** An endpoint that depends on nothing else, on a host of which nothing else is known. */
  public Endpoint(
      EndpointName name,
      EndpointKind kind,
      Optional<String> mdevType,
      Attributes own,
      Attributes type,
      Attributes pci) {
    this(name, kind, mdevType, own, type, pci, Related.NONE, HostContext.UNKNOWN);
  }

  /** The same endpoint, with what is known of its host. */
  public Endpoint on(HostContext context) {
    return new Endpoint(name, kind, mdevType, own, type, pci, related, context);
  }

  /** The same endpoint, by another name. */
  public Endpoint named(EndpointName other) {
    return new Endpoint(other, kind, mdevType, own, type, pci, related, host);
  }

  /** The same endpoint, with other attributes of its own. */
  public Endpoint withOwn(Attributes attributes) {
    return new Endpoint(name, kind, mdevType, attributes, type, pci, related, host);
  }

  /** The same endpoint, with what else it depends on. */
  public Endpoint with(Related others) {
    return new Endpoint(name, kind, mdevType, own, type, pci, others, host);
  }

  /** The same endpoint, with equal sets of attributes that others have, too. */
  public Endpoint sharing(UnaryOperator<Attributes> shared) {
    return new Endpoint(
        name,
        kind,
        mdevType,
        shared.apply(own),
        shared.apply(type),
        shared.apply(pci),
        related.equals(Related.NONE)
            ? Related.NONE
            : new Related(
                shared.apply(related.physfn()),
                shared.apply(related.parent()),
                shared.apply(related.facts())),
        host);
  }

  /** All sets of attributes that it has of its own or shares, except those of the host. */
  public List<Attributes> contents() {
    return List.of(own, type, pci, related.physfn(), related.parent(), related.facts());
  }

  /**
   * The facts about the driver that holds the endpoint's PCI function, or its parent that is none,
   * where they are known.
   */
  public Optional<Driver> driver() {
    Attribute held = pci.get(DRIVER);
    Attribute holder =
        held.equals(Attribute.ABSENT) && pci.byPath().isEmpty()
            ? related.parent().get(DRIVER)
            : held;
    return holder instanceof Attribute.Text(String driver)
        ? Optional.ofNullable(host.drivers().get(driver))
        : Optional.empty();
  }
}
