package io.fleetcompat.settings;

/** The value of a setting that nobody gives. */
public sealed interface Fallback<T> {

  /** A value that is always the same. */
  record Default<T>(T value) implements Fallback<T> {}

  /**
   * No value; what follows from that.
   *
   * @param words as help says it, such as "none" or "the FQDN"
   */
  record None<T>(String words) implements Fallback<T> {}

  /** A refusal: somebody must give one. */
  record Required<T>() implements Fallback<T> {}
}
