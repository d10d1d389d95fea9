package io.fleetcompat.oracle;

/** Trying every choice of a hostile pattern's variables would take longer than anybody waits. */
final class TooHardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooHardException() {
    super("more choices than are tried", null, false, false);
  }
}
