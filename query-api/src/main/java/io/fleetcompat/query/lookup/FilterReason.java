package io.fleetcompat.query.lookup;

/**
 * The reason for which a host is not among those that may take the devices. Of several the first
 * one counts.
 */
public enum FilterReason {
  /** The index does not have the host. */
  NOT_FOUND,
  /** It is the host of one of the devices. */
  OWN_HOST,
  /** A check of one of the devices against it is INCOMPATIBLE. */
  INCOMPATIBLE,
  /** It, or the host of a device, has fallen silent: a check is UNKNOWN. */
  NOT_FRESH,
  /** A check of one of the devices against it is UNKNOWN, for whatever other reason. */
  UNKNOWN,
  /** It would take each device, but QEMU does not migrate them together. */
  NO_P2P,
  /** It may have room for all of the devices, and nobody knows whether it does. */
  NOT_CERTAIN,
  /** Compatible types and devices have no room for all of the devices now. */
  NO_CAPACITY
}
