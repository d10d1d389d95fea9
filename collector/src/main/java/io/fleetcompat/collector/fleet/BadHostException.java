package io.fleetcompat.collector.fleet;

/** A host folder cannot be used: a bad file, not a fault of ours. The other hosts go on. */
final class BadHostException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  BadHostException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** Stable: {@code malformed}, {@code too-large}, {@code bad-name}, {@code name-taken}, … */
  String code() {
    return code;
  }
}
