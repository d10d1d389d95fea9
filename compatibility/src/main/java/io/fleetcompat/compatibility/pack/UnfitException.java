package io.fleetcompat.compatibility.pack;

import io.fleetcompat.inventory.Quoted;

/** Says that a value is none that an operator can compare. Never leaves this package. */
final class UnfitException extends Exception {

  private static final long serialVersionUID = 1L;

  UnfitException(String expected, String found) {
    super("expected " + expected + ", found " + Quoted.of(found), null, false, false);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
