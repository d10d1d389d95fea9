package io.fleetcompat.inventory;

/**
 * The attributes of what an endpoint depends on beside its own node, its type and its PCI function:
 * vendors' rules need them.
 *
 * @param physfn the physical function of a virtual one: ids, driver, and what the driver shows only
 *     there, such as {@code qat/cfg_services}; {@link Attributes#NONE} where the endpoint's PCI
 *     function has none
 * @param parent a parent that is no PCI function (css, ap, mtty): its driver and {@code features};
 *     {@link Attributes#NONE} where there is no such parent
 * @param facts the facts of the endpoint's own device, of its physical function and of its parent,
 *     by name; the most specific one where several have the same name. Those of the whole host are
 *     {@link HostContext#facts}
 */
public record Related(Attributes physfn, Attributes parent, Attributes facts) {

  /** Nothing else is known. */
  public static final Related NONE = new Related(Attributes.NONE, Attributes.NONE, Attributes.NONE);
}
