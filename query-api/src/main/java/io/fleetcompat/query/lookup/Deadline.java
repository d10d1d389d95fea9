package io.fleetcompat.query.lookup;

/** The end of the time that a question may take; checked in loops that may be long. */
@FunctionalInterface
public interface Deadline {

  /** The deadline that never comes. */
  Deadline NONE = () -> {};

  /** Throws what the caller has for it, where the time is up. */
  void check();
}
