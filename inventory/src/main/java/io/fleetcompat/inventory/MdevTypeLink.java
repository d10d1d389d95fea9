package io.fleetcompat.inventory;

/** The link from an mdev device to its type's directory, as a collector writes it down. */
public final class MdevTypeLink {

  /** The link's name in the device's directory. */
  public static final String NAME = "mdev_type";

  /** The state of a link with nothing at its end, whereas a device without a link has no entry. */
  public static final Attribute NOTHING_THERE = new Attribute.Unreadable("ENOENT");

  private MdevTypeLink() {}
}
