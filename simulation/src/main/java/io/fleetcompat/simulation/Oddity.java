package io.fleetcompat.simulation;

/** A fault of a simulated host: real fleets are never all well. */
enum Oddity {
  NONE,
  /** Nothing in it that could migrate. */
  EMPTY,
  /** {@code software_version} is not a version. */
  MALFORMED_VERSION,
  /** An attribute without a read bit. */
  UNREADABLE,
  /** {@code bus/mdev/devices} names a device that is gone. */
  DANGLING_LINK,
  /** An attribute longer than a page. */
  TOO_LONG,
  /** {@code migration_compatible} as mail 5 of docs/rules.md has it: no valid JSON. */
  BAD_JSON,
  /** A pattern that uses a variable nobody declared. */
  UNDECLARED,
  /** A strange {@code device_api}. */
  STRANGE_API,
  /** A character of the features string that is no bit. */
  BAD_BITS;

  /** Every so many hosts, one is odd. */
  private static final int EVERY = 8;

  static Oddity of(int index) {
    if (index % EVERY != EVERY - 1) {
      return NONE;
    }
    return values()[1 + index / EVERY % (values().length - 1)];
  }
}
