package io.fleetcompat.query.lookup;

/** Until when a question may take; to be asked in loops that may be long. */
@FunctionalInterface
public interface Deadline {

  /** Whoever does not wait for anything. */
  Deadline NONE = () -> {};

  /** Throws what the caller has for it, where the time is up. */
  void check();
}
