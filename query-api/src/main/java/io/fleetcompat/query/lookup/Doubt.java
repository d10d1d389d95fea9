package io.fleetcompat.query.lookup;

import java.util.Locale;

/** The reasons for which a fit that may be possible is not certain. */
public enum Doubt {
  /**
   * Two types of one parent, or two functions of one card, are to take devices: each tells its room
   * as if nothing were made of the other.
   */
  SHARED_CAPACITY,
  /** A device that exists is to be taken, and nobody tells whether a virtual machine has it. */
  IN_USE_UNKNOWN,
  /** A type is to take a device, and its host does not tell how many it takes. */
  CAPACITY_UNKNOWN,
  /** The host, or that of a source, has fallen silent: its room may be another by now. */
  HOST_STALE,
  /** The search has ended at a bound. */
  SEARCH_ENDED;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The reason as answers spell it. */
  public String word() {
    return word;
  }
}
