package io.fleetcompat.collector.fleet;

/** The part of a fleet directory that a change is about. */
sealed interface Scope {

  /** The directory itself: hosts may have come or gone. */
  record Fleet() implements Scope {}

  /** One host that is watched. */
  record OneHost(String name) implements Scope {}
}
