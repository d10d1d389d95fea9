package io.fleetcompat.oracle.simulated;

import java.util.function.Supplier;

/** Something that must never be, and was. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Violation(String what) {
    super(what);
  }

  /** Requires that something holds. */
  static void require(boolean holds, Supplier<String> what) {
    if (!holds) {
      throw new Violation(what.get());
    }
  }
}
