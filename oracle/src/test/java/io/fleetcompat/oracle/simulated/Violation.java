package io.fleetcompat.oracle.simulated;

/** The end of a run: something that must never be. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1;

  Violation(String what) {
    super(what);
  }
}
